/** Renders a Reply as a web `Response`, and an endpoint as a `fetch` function: for an SDK's `fetch` option, workers and browsers. */
import { systemClock, waitUntil, type Clock } from './clock.ts';
import type { Endpoint } from './endpoint.ts';
import type { Frames, Reply } from './reply.ts';
import type { BodyReader } from './request.ts';

export interface ResponseOptions {
  /** Aborts the body with its reason, as the signal of a `fetch` does. */
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  /** What was asked, kept until the body has been read: the signal of a Request hears of nothing once the Request is gone. */
  readonly asked?: unknown;
}

/**
 * A `Response` that says what the Reply plans. Frames are pulled as the reader reads; cancelling the body stops the generation.
 * An ending of `reset` is an error of the body, `stall` a body that never ends.
 */
export function toResponse(reply: Reply, options: ResponseOptions = {}): Response {
  const init = { status: reply.status, headers: reply.headers.map(([name, value]): [string, string] => [name, value]) };
  if (reply.kind === 'body') return new Response(reply.body === '' ? null : reply.body, init);
  return new Response(bodyStream(reply.frames, options), init);
}

/** A `fetch` that asks the endpoint instead of the network. */
export function createFetch(endpoint: Endpoint, options: { readonly clock?: Clock } = {}): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { method, url, headers } = request;
    // The caller's own: that of the Request hears of it only as long as somebody holds the Request.
    const signal = init?.signal === undefined && input instanceof Request ? input.signal : (init?.signal ?? request.signal);
    signal.throwIfAborted();
    const reply = await unlessAborted(endpoint.handle({ method, url, headers, signal, ...bodyOf(request) }), signal);
    const response = toResponse(reply, { ...options, signal, asked: [input, init] });
    return method === 'HEAD' ? new Response(null, response) : response;
  };
}

function bodyStream(frames: Frames, { signal, clock = systemClock, asked }: ResponseOptions): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const began = clock.now();
  const gone = new AbortController();
  const leave = (): void => {
    gone.abort();
    void frames.return('end');
  };
  const source: UnderlyingDefaultSource<Uint8Array> & Pick<ResponseOptions, 'asked'> = {
    asked,
    start(controller) {
      const abort = (): void => {
        leave();
        controller.error(signal?.reason);
      };
      if (signal?.aborted === true) abort();
      else signal?.addEventListener('abort', abort, { signal: gone.signal });
    },
    async pull(controller) {
      const { done, value } = frames.take?.() ?? (await frames.next());
      if (gone.signal.aborted) return;
      if (done !== true) {
        if (value.due !== undefined) await waitUntil(clock, began + value.due, gone.signal);
        if (!gone.signal.aborted) controller.enqueue(value.bytes ?? encoder.encode(value.text));
        return;
      }
      if (value === 'stall') {
        await new Promise<void>((resolve) => {
          gone.signal.addEventListener('abort', () => resolve());
        });
        return;
      }
      gone.abort();
      if (value === 'reset') controller.error(new TypeError('terminated'));
      else controller.close();
    },
    cancel: leave,
  };
  // Nothing is made ahead, so that what the reader has been handed is exactly what it has asked for.
  return new ReadableStream(source, { highWaterMark: 0 });
}

/** The reply; rejects as soon as the caller gives up, and then lets go of what comes too late. */
async function unlessAborted(handling: Promise<Reply>, signal: AbortSignal): Promise<Reply> {
  const leaving = Promise.withResolvers<never>();
  const leave = (): void => leaving.reject(signal.reason);
  signal.addEventListener('abort', leave);
  try {
    return await Promise.race([handling, leaving.promise]);
  } finally {
    signal.removeEventListener('abort', leave);
    if (signal.aborted) void letGo(handling);
  }
}

async function letGo(handling: Promise<Reply>): Promise<void> {
  const reply = await handling;
  if (reply.kind === 'stream') await reply.frames.return('end');
}

/** Firefox has no `request.body`. */
function bodyOf(request: Request): { readonly body?: BodyReader } {
  if (request.body) return { body: bodyReader(request.body) };
  if (request.method === 'GET' || request.method === 'HEAD') return {};
  return { body: async (limit) => within(limit, new Uint8Array(await request.arrayBuffer())) };
}

function within(limit: number, bytes: Uint8Array): Uint8Array | undefined {
  return bytes.length > limit ? undefined : bytes;
}

/** Reads a stream up to a limit; the rest is cancelled. */
function bodyReader(body: ReadableStream<Uint8Array>): BodyReader {
  return async (limit) => {
    const reader = body.getReader();
    const chunks: Uint8Array[] = [];
    let length = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return joined(chunks, length);
      length += value.length;
      if (length > limit) {
        await reader.cancel();
        return undefined;
      }
      chunks.push(value);
    }
  };
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
