/** Frames that can be put down while the next one is being waited for. */
import type { Frame, StreamEnding } from './reply.ts';

/**
 * Calls `abort` as soon as `return` is called. A plain async generator would queue the call behind the pending `next`, so a client
 * that leaves while the backend is busy would not free it.
 */
export function abortableFrames(frames: AsyncGenerator<Frame, StreamEnding>, abort: () => void): AsyncGenerator<Frame, StreamEnding> {
  return {
    next: () => frames.next(),
    return(value) {
      abort();
      return frames.return(value);
    },
    throw(error) {
      abort();
      return frames.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      await this.return('end');
    },
  };
}
