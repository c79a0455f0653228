/** Faults between requests that are under way at the same time, or that follow each other: what they wait for, and what they get. */
import { abortableFrames, type Frame, heldFrames, type Reply, type StreamEnding, systemClock } from '../../../endpoint/index.ts';
import type { Act } from '../fault.ts';
import type { Fault } from '../reply-faults.ts';
import type { Touch } from '../touching.ts';

type Streamed = Extract<Reply, { kind: 'stream' }>;

/** Of two answers that are ready at the same time each goes to the request of the other. */
export function swaps(): Act {
  let waiting: { readonly reply: Reply; readonly give: (reply: Reply) => void } | undefined;
  return {
    says(reply) {
      if (waiting === undefined) {
        return new Promise((give) => {
          waiting = { reply, give };
        });
      }
      const first = waiting;
      waiting = undefined;
      first.give(reply);
      return first.reply;
    },
  };
}

/** One slot: the first of two requests holds it until the second has come, which gets another answer. */
export function oneSlot(surplus: () => Reply): () => Act {
  return () => {
    let release: (() => void) | undefined;
    return {
      says(reply) {
        if (release === undefined) {
          return new Promise((give) => {
            release = () => give(reply);
          });
        }
        release();
        release = undefined;
        return surplus();
      },
    };
  };
}

/** A stream lasts some milliseconds, and is begun only when the one before it has been sent. */
export function oneAfterTheOther(pauseMs: number): () => Act {
  return () => {
    let before: Promise<void> = Promise.resolve();
    return {
      async says(reply) {
        if (reply.kind !== 'stream') return reply;
        const turn = before;
        const sent = Promise.withResolvers<void>();
        before = sent.promise;
        await turn;
        const frames = lasting(reply.frames, pauseMs, () => void systemClock.after(pauseMs, () => sent.resolve()));
        return { ...reply, frames: abortableFrames(frames, () => void reply.frames.return('end')) };
      },
    };
  };
}

async function* lasting(frames: Streamed['frames'], ms: number, done: () => void): AsyncGenerator<Frame, StreamEnding> {
  let index = 0;
  for (;;) {
    const { done: isLast, value } = await frames.next();
    if (isLast === true) {
      done();
      return value;
    }
    yield { ...value, due: index === 0 ? 0 : ms };
    index += 1;
  }
}

/** The answer comes so many milliseconds late, head and all. */
export function late(ms: number): (reply: Reply) => Promise<Reply> {
  return (reply) => new Promise((give) => void systemClock.after(ms, () => give(reply)));
}

/** Where a request follows that other one, it is answered as told. Both have been asked before, so that neither is new to the server. */
export function after(first: Touch, next: Touch, answer: (reply: Reply) => Reply | Promise<Reply>): () => Act {
  return () => {
    const seen = { first: 0, next: 0 };
    let isBehind = false;
    let isHit = false;
    return {
      instead(asked) {
        isHit = isBehind && next(asked) && seen.first > 1 && seen.next > 0;
        isBehind = first(asked);
        if (isBehind) seen.first += 1;
        if (next(asked)) seen.next += 1;
        return undefined;
      },
      says: (reply) => (isHit ? answer(reply) : reply),
    };
  };
}

/** What comes directly behind such a request is answered as told. `meanwhile`: what becomes of the answer to that request itself. */
export function onceAfter(
  first: Touch,
  answer: (reply: Reply) => Reply | Promise<Reply>,
  meanwhile: Act['says'] = (reply) => reply,
): () => Act {
  return () => {
    let place: 'first' | 'behind' | undefined;
    return {
      instead(asked) {
        if (first(asked)) place = 'first';
        else place = place === 'first' ? 'behind' : undefined;
        return undefined;
      },
      says(reply, request) {
        if (place === 'first') return meanwhile(reply, request);
        return place === 'behind' ? answer(reply) : reply;
      },
    };
  };
}

/** The connection closes behind the answer, and nothing announces it. */
export const closesBehind: Fault = (reply) => {
  if (reply.kind === 'stream') return { ...reply, frames: abortableFrames(closed(reply.frames), () => void reply.frames.return('end')) };
  const { body, headers, status } = reply;
  const length = String(new TextEncoder().encode(body).length);
  return { kind: 'stream', status, headers: [...headers, ['content-length', length]], frames: heldFrames(whole(body)) };
};

async function* closed(frames: Streamed['frames']): AsyncGenerator<Frame, StreamEnding> {
  for (;;) {
    const { done, value } = await frames.next();
    if (done === true) return 'close';
    yield value;
  }
}

function* whole(text: string): Generator<Frame, StreamEnding> {
  yield { text };
  return 'close';
}
