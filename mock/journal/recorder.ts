/** Writes down an answer while it is sent. */
import type { Clock, Frame, Frames, Reply, StreamEnding } from '../../endpoint/index.ts';
import type { JournalOutcome } from './entry.ts';
import type { OpenEntry } from './open-entry.ts';

const outcomes: Readonly<Record<StreamEnding, JournalOutcome>> = { end: 'completed', reset: 'reset', stall: 'stalled', close: 'completed' };

/** The same reply, written down as it is read; `done` is called when there is no more to write. */
export function recorded(reply: Reply, entry: OpenEntry, clock: Clock, done: () => void): Reply {
  entry.status = reply.status;
  if (reply.kind === 'stream') return { ...reply, frames: watchedFrames(reply.frames, entry, clock, done) };
  entry.send(reply.body, clock.now() - entry.at);
  entry.outcome = reply.status >= 400 ? 'error' : 'completed';
  done();
  return reply;
}

function watchedFrames(frames: Frames, entry: OpenEntry, clock: Clock, done: () => void): Frames {
  function see(result: IteratorResult<Frame, StreamEnding>): IteratorResult<Frame, StreamEnding> {
    if (result.done === true) end(result.value);
    else {
      const { text, due = 0 } = result.value;
      if (text.startsWith('event: error\n')) entry.outcome = 'error';
      entry.send(text, Math.max(clock.now() - entry.at, due));
    }
    return result;
  }

  function end(ending: StreamEnding): void {
    if (entry.outcome === 'in-progress') entry.outcome = outcomes[ending];
    done();
  }

  /** Renderers also let go of what has ended. Of what the client waited for in vain, it is worth knowing that it gave up. */
  function leave(): void {
    if (entry.abortedAfter !== undefined || (entry.outcome !== 'in-progress' && entry.outcome !== 'stalled')) return;
    const isWaitedFor = entry.outcome === 'in-progress';
    if (isWaitedFor) {
      entry.outcome = 'aborted';
      // It was fetched ahead, but was not due yet.
      entry.takeBackAfter(clock.now() - entry.at);
    }
    entry.abortedAfter = { frames: entry.sent.frames, events: entry.sent.events };
    if (isWaitedFor) done();
  }

  const take = frames.take?.bind(frames);
  return {
    ...(take && {
      take() {
        const result = take();
        return result && see(result);
      },
    }),
    next: async () => see(await frames.next()),
    return(value) {
      leave();
      return frames.return(value);
    },
    throw: (error) => frames.throw(error),
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      await this.return('end');
    },
  };
}
