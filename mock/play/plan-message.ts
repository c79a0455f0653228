/** An answer as one JSON Message. Where its script breaks off, the body does: half of it, then a reset, silence, or a clean end. */
import { MessageEvents, MessageFold, PingedReader, type Job, type Reply } from '../../endpoint/index.ts';
import type { RawHeader } from '../../spec/index.ts';
import { isImprovised } from './answer.ts';
import { breakError } from './break-error.ts';
import { brokenBody, delayedBody } from './broken-body.ts';
import type { Cue } from './cue.ts';
import type { Part } from '../script/part.ts';
import type { Performance } from './plan-stream.ts';

/** Rejects with the `ApiError` of a scripted failure: where nothing has been sent yet, it is the status. */
export async function planMessage(job: Job, performance: Performance): Promise<Reply> {
  const { answer, performer, start } = performance;
  const folding = new Folding(job, performance);
  folding.take(start);
  if (isImprovised(answer.parts)) {
    for await (const part of whileAwaited(answer.parts, job)) {
      for (const cue of performer.perform(part)) folding.take(cue);
      if (performer.isOver) break;
    }
  } else {
    for (const part of answer.parts) for (const cue of performer.perform(part)) folding.take(cue);
  }
  for (const cue of performer.finish(answer)) folding.take(cue);
  return folding.reply(job.requestId);
}

/** The parts, until the client is gone: then nobody waits for the next one, and whoever makes them is told. */
async function* whileAwaited(parts: AsyncIterable<Part>, { signal = neverAborted, clock, pingIntervalMs }: Job): AsyncGenerator<Part> {
  const reader = new PingedReader(parts[Symbol.asyncIterator](), signal, clock, pingIntervalMs);
  try {
    for (;;) {
      const step = await reader.next();
      if (step.kind === 'event') yield step.event;
      else if (step.kind !== 'ping') return;
    }
  } finally {
    reader.stop();
  }
}

const neverAborted = new AbortController().signal;

class Folding {
  readonly #events: MessageEvents;
  readonly #fold = new MessageFold();
  readonly #performance: Performance;
  #garbage = '';
  #broken: Exclude<Cue['type'], 'event' | 'raw' | 'wait' | 'fail'> | undefined;

  constructor({ context }: Job, performance: Performance) {
    this.#events = new MessageEvents(context);
    this.#performance = performance;
  }

  take(cue: Cue): void {
    if (cue.type === 'event') {
      this.#performance.pacer.spend(cue.tokens);
      for (const event of this.#events.accept(cue.event)) this.#fold.add(event);
    } else if (cue.type === 'raw') this.#garbage += cue.text;
    else if (cue.type === 'wait') this.#performance.pacer.wait(cue.ms);
    else if (cue.type === 'fail') throw breakError(cue);
    else this.#broken = cue.type;
  }

  reply(requestId: string): Reply {
    const body = this.#fold.json + this.#garbage;
    const { due } = this.#performance.pacer;
    const headers: RawHeader[] = [['content-type', 'application/json'], ['request-id', requestId], ...this.#performance.answer.headers];
    const head = { status: 200, headers };
    if (this.#broken !== undefined) {
      const ending = this.#broken === 'truncate' ? 'end' : this.#broken;
      return { kind: 'stream', ...head, frames: brokenBody(body, ending, due) };
    }
    if (due <= 0) return { kind: 'body', ...head, body };
    return { kind: 'stream', ...head, frames: delayedBody(body, 'end', due) };
  }
}
