/**
 * What a mocked response needs besides its content where MSW runs in Node. MSW 3 hands the client a socket and writes the response to it.
 * https://github.com/mswjs/interceptors/pull/770
 */
import { withLedTee } from './led-tee.ts';

const isNode = 'process' in globalThis && typeof globalThis.process.versions?.node === 'string';

/**
 * The response with its length told, or chunked. Without either, the end of the connection is the end of the body, so that a client takes a
 * broken stream for a complete one. It also lets clients keep the connection. In browsers there is nothing to do.
 */
export function framed(response: Response): Response {
  const { body, status, headers } = response;
  if (!isNode || body === null || headers.has('content-length')) return response;
  const chunked = new Headers(headers);
  chunked.set('transfer-encoding', 'chunked');
  return new Response(withLedTee(headFirst(body)), { status, headers: chunked });
}

/**
 * MSW 3 writes the head with the first chunk. An empty one brings it to the client at once, also where the first event takes its time or the
 * connection breaks before it.
 */
function headFirst(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let isHeadSent = false;
  const source: UnderlyingDefaultSource<Uint8Array> = {
    async pull(controller) {
      if (!isHeadSent) {
        isHeadSent = true;
        controller.enqueue(new Uint8Array());
        return;
      }
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  };
  // Nothing is read ahead: an error would overtake what waits to be read.
  return new ReadableStream(source, { highWaterMark: 0 });
}
