/**
 * MSW 2 clones every response for its life-cycle events. Of the two halves of a teed stream neither can be cancelled alone, and nobody reads
 * that clone: whoever cancels the body of a response waits for ever. The official SDKs do so before they retry.
 * https://github.com/mswjs/interceptors/issues/799
 */

/** Gives the stream a `tee` of which the first half leads: it is read, and cancelled, as if it were the only one. */
export function withLedTee(stream: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  return Object.defineProperty(stream, 'tee', { value: () => ledTee(stream) });
}

/** The second half gets what the first has read, and ends with it. */
function ledTee(stream: ReadableStream<Uint8Array>): readonly [ReadableStream<Uint8Array>, ReadableStream<Uint8Array>] {
  const reader = stream.getReader();
  let follower: ReadableStreamDefaultController<Uint8Array> | undefined;
  const second = new ReadableStream<Uint8Array>({
    start(controller) {
      follower = controller;
    },
    cancel() {
      follower = undefined;
    },
  });
  const first: UnderlyingDefaultSource<Uint8Array> = {
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) {
          controller.close();
          follower?.close();
          return;
        }
        controller.enqueue(value);
        follower?.enqueue(value);
      } catch (error) {
        follower?.error(error);
        throw error;
      }
    },
    cancel(reason) {
      follower?.close();
      return reader.cancel(reason);
    },
  };
  return [withLedTee(new ReadableStream(first, { highWaterMark: 0 })), second];
}
