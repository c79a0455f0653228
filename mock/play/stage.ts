/** Turns cues into frames: events in their order, each due at its time, and an ending. */
import { eventFrame, errorEnvelope, MessageEvents, type Frame, type Job, type StreamEnding } from '../../endpoint/index.ts';
import type { Pacer } from '../physics/pace.ts';
import { breakError } from './break-error.ts';
import type { Cue } from './cue.ts';

export class Stage {
  readonly #events: MessageEvents;
  readonly #pacer: Pacer;
  readonly #requestId: string;
  /** How the stream leaves the connection; undefined while it goes on. */
  ending: StreamEnding | undefined;

  constructor({ context, requestId }: Job, pacer: Pacer) {
    this.#events = new MessageEvents(context);
    this.#pacer = pacer;
    this.#requestId = requestId;
  }

  /** The frames of a cue. */
  *play(cue: Cue): Generator<Frame, void> {
    switch (cue.type) {
      case 'event':
        this.#pacer.spend(cue.tokens);
        for (const event of this.#events.accept(cue.event)) yield this.#timed(eventFrame(event));
        if (cue.event.type === 'stop') this.ending = 'end';
        return;
      case 'raw':
        yield this.#timed({ text: cue.text });
        return;
      case 'wait':
        this.#pacer.wait(cue.ms);
        return;
      case 'fail':
        yield this.#timed(eventFrame(errorEnvelope(breakError(cue), this.#requestId)));
        this.ending = 'end';
        return;
      case 'reset':
      case 'stall':
        this.ending = cue.type;
        return;
      case 'truncate':
        this.ending = 'end';
    }
  }

  ping(): Frame {
    return eventFrame({ type: 'ping' });
  }

  #timed({ text }: Frame): Frame {
    const { due } = this.#pacer;
    return due > 0 ? { text, due } : { text };
  }
}
