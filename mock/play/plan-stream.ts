/** An answer as a stream. What is known from the beginning is planned without waiting; what is made while it is sent comes as it comes. */
import {
  abortableFrames,
  errorEnvelope,
  eventFrame,
  heldFrames,
  PingedReader,
  streamHeaders,
  type Frame,
  type Frames,
  type Job,
  type Reply,
  type StreamEnding,
} from '../../endpoint/index.ts';
import type { Part } from '../script/part.ts';
import type { Pacer } from '../physics/pace.ts';
import { isImprovised, type Answer } from './answer.ts';
import type { Cue } from './cue.ts';
import type { Performer } from './performer.ts';
import { Stage } from './stage.ts';

/** What playing an answer takes. */
export interface Performance {
  readonly answer: Answer;
  readonly performer: Performer;
  readonly pacer: Pacer;
  readonly start: Cue;
}

export function planStream(job: Job, performance: Performance): Reply {
  const { parts, headers } = performance.answer;
  const frames = isImprovised(parts) ? improvisedFrames(job, performance, parts) : heldFrames(knownFrames(job, performance, parts));
  return { kind: 'stream', status: 200, headers: [...streamHeaders(job.requestId), ...headers], frames };
}

function* knownFrames(job: Job, { answer, performer, pacer, start }: Performance, parts: readonly Part[]): Generator<Frame, StreamEnding> {
  const stage = new Stage(job, pacer);
  try {
    yield* stage.play(start);
    for (const part of parts) {
      for (const cue of performer.perform(part)) yield* stage.play(cue);
      if (performer.isOver) break;
    }
    for (const cue of performer.finish(answer)) yield* stage.play(cue);
  } catch (error) {
    yield eventFrame(errorEnvelope(job.toApiError(error), job.requestId));
  }
  return stage.ending ?? 'end';
}

function improvisedFrames(job: Job, performance: Performance, parts: AsyncIterable<Part>): Frames {
  const abort = new AbortController();
  const leave = (): void => abort.abort();
  job.signal?.addEventListener('abort', leave);
  const reader = new PingedReader(parts[Symbol.asyncIterator](), abort.signal, job.clock, job.pingIntervalMs);
  const release = (): void => {
    job.signal?.removeEventListener('abort', leave);
    reader.stop();
  };
  return abortableFrames(comingFrames(job, performance, reader, release), () => {
    abort.abort();
    release();
  });
}

async function* comingFrames(
  job: Job,
  { answer, performer, pacer, start }: Performance,
  reader: PingedReader<Part>,
  release: () => void,
): AsyncGenerator<Frame, StreamEnding> {
  const stage = new Stage(job, pacer);
  const began = job.clock.now();
  try {
    yield* stage.play(start);
    while (!performer.isOver) {
      const step = await reader.next();
      if (step.kind === 'aborted') return 'end';
      if (step.kind === 'end') break;
      if (step.kind === 'ping') {
        yield stage.ping();
        continue;
      }
      pacer.notBefore(job.clock.now() - began);
      for (const cue of performer.perform(step.event)) yield* stage.play(cue);
    }
    for (const cue of performer.finish(answer)) yield* stage.play(cue);
  } catch (error) {
    yield eventFrame(errorEnvelope(job.toApiError(error), job.requestId));
  } finally {
    release();
  }
  return stage.ending ?? 'end';
}
