/** Frames that need no waiting for: a plan that is known from the beginning. */
import type { Frame, Frames, StreamEnding } from './reply.ts';

/** Frames of a plain generator, which a renderer may take without a promise. */
export function heldFrames(source: Generator<Frame, StreamEnding>): Frames {
  return {
    take: () => source.next(),
    next: () => Promise.resolve(source.next()),
    async return(value) {
      return source.return(await value);
    },
    async throw(error) {
      return source.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      await this.return('end');
    },
  };
}
