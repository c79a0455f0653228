// Judges the order of stream events by the published grammar, and goes on sensibly after a violation.
// https://platform.claude.com/docs/en/build-with-claude/streaming
import { BlockTracker } from './block-tracker.ts';
import { allowedIn, grammarStates, isOrderedEvent, type GrammarRule, type GrammarState, type OrderedEvent } from './grammar.ts';
import type { GrammarEvent } from './grammar-event.ts';
import { ViolationLog, type Violation } from './violation.ts';

/**
 * Every breach of the order, sorted by place; empty for a correct stream. One mistake gives one violation where that is possible:
 * a lost start or stop is assumed to have come, and a rule is reported once per block or, after the end, once.
 * @param events what came, in order; see `grammarEvent`
 * @param end whether the server ended the stream (`complete`, the default), so that what is missing counts, or somebody cut it (`cut`)
 */
export function checkOrder(events: Iterable<GrammarEvent>, end: 'complete' | 'cut' = 'complete'): readonly Violation[] {
  const automaton = new Automaton();
  for (const event of events) automaton.read(event);
  return automaton.end(end);
}

class Automaton {
  #at = -1;
  #state: GrammarState = 'initial';
  /** Where message_stop came although no message_delta had; the rule it breaks depends on whether one follows. */
  #stopWithoutDelta: number | undefined;
  /** True while message_start is missing; if it comes late after all, that is the same mistake and not a second start. */
  #startMissing = false;
  readonly #log = new ViolationLog();
  readonly #blocks = new BlockTracker(this.#log);

  read(event: GrammarEvent): void {
    this.#at += 1;
    if (!isOrderedEvent(event.type)) return;
    // The rest of the table assumes a started message; without one that is the only finding, and the message counts as started.
    if (this.#state === 'initial' && event.type !== 'message_start' && event.type !== 'error') {
      this.#refuse(event.type);
      this.#startMissing = true;
      this.#state = 'open';
    }
    this.#state = this.#step(event, event.type);
  }

  end(end: 'complete' | 'cut'): readonly Violation[] {
    const at = this.#at + 1;
    if (this.#stopWithoutDelta !== undefined)
      this.#log.add(this.#stopWithoutDelta, 'message-delta-required', 'open', 'message_delta', 'message_stop');
    this.#blocks.finish(end === 'complete' && this.#state !== 'failed' ? at : undefined);
    if (end === 'complete') {
      for (const rule of grammarStates[this.#state].missingAtEnd) {
        const expected = lacking[rule];
        if (expected !== undefined) this.#log.add(at, rule, this.#state, expected, 'the end of the stream');
      }
    }
    return this.#log.sorted();
  }

  #step(event: GrammarEvent, type: OrderedEvent): GrammarState {
    switch (type) {
      case 'message_start':
        if (!this.#startMissing) this.#refuse(type);
        this.#startMissing = false;
        break;
      case 'content_block_start':
      case 'content_block_delta':
      case 'content_block_stop':
        return this.#blockEvent(event, type);
      case 'message_delta':
        return this.#messageDelta();
      case 'message_stop':
        return this.#messageStop();
      case 'error':
        this.#refuse(type);
        break;
    }
    return grammarStates[this.#state].next[type] ?? this.#state;
  }

  #blockEvent(event: GrammarEvent, type: OrderedEvent): GrammarState {
    if (this.#state === 'open' || this.#state === 'block') return this.#blocks.read(this.#at, event, this.#state);
    this.#refuse(type);
    if (this.#state === 'closing') this.#blocks.readLate(event);
    return this.#state;
  }

  #messageDelta(): GrammarState {
    if (this.#state === 'open' || this.#state === 'block') {
      // A block left open is reported by the tracker, unless its stop comes late: that breaks another rule.
      this.#blocks.leaveOpen(this.#at, 'message_delta');
      return 'closing';
    }
    this.#stopWithoutDelta = undefined;
    this.#refuse('message_delta');
    return this.#state;
  }

  #messageStop(): GrammarState {
    if (this.#state === 'open' || this.#state === 'block') {
      this.#blocks.leaveOpen(this.#at, 'message_stop');
      this.#stopWithoutDelta = this.#at;
      return 'done';
    }
    this.#refuse('message_stop');
    return grammarStates[this.#state].next['message_stop'] ?? this.#state;
  }

  /** Reports the rule that the event breaks in this state, if it breaks one. */
  #refuse(found: OrderedEvent): void {
    const rule = grammarStates[this.#state].refused[found];
    if (!rule) return;
    // After the end one finding says it all, however many events still come.
    const repeats = rule === 'message-start-once' || rule === 'message-stop-once';
    this.#log.add(this.#at, rule, this.#state, allowedIn(this.#state), found, repeats ? String(this.#at) : '');
  }
}

/** What a stream lacks when it ends too early. */
const lacking: Readonly<Partial<Record<GrammarRule, string>>> = {
  'message-start-first': 'message_start',
  'message-delta-required': 'message_delta',
  'message-stop-required': 'message_stop or error',
};
