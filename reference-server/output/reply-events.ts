/** From parsed pieces of a reply to backend events: stop sequences end text, thinking gets its signature, calls are counted. */
import type { BackendEvent } from '../../endpoint/backend.ts';
import { createStopMatcher, type StopMatcher } from '../../endpoint/stop-matcher.ts';
import type { ReplyPart } from './reply-part.ts';
import { signThinking } from './signature.ts';

export class ReplyEvents {
  readonly #stopSequences: readonly string[];
  #matcher: StopMatcher;
  #thinking = '';
  #isThinking = false;
  #matched: string | undefined;
  #finishedCalls = 0;
  #restOfCall = '';

  constructor(stopSequences: readonly string[]) {
    this.#stopSequences = stopSequences;
    this.#matcher = createStopMatcher(stopSequences);
  }

  /** The stop sequence that ended the text. Nothing after it leaves. */
  get matched(): string | undefined {
    return this.#matched;
  }

  get finishedCalls(): number {
    return this.#finishedCalls;
  }

  /** What came after the arguments of the last finished call. */
  get restOfCall(): string {
    return this.#restOfCall;
  }

  accept(parts: readonly ReplyPart[]): BackendEvent[] {
    return parts.flatMap((part) => (this.#matched === undefined ? this.#accept(part) : []));
  }

  /** What was held back because it might have become a stop sequence. */
  end(): BackendEvent[] {
    return this.#matched === undefined ? this.#endText() : [];
  }

  #accept(part: ReplyPart): BackendEvent[] {
    switch (part.kind) {
      case 'text':
        return this.#text(part.text);
      case 'thinking':
        this.#thinking += part.text;
        this.#isThinking = true;
        return [...this.#endText(), { type: 'thinking', thinking: part.text }];
      case 'thinking-end':
        return this.#sign();
      case 'call':
        return [...this.#endText(), { type: 'tool-start', name: part.name }];
      case 'arguments':
        return [{ type: 'tool-input', json: part.json }];
      case 'call-end':
        this.#finishedCalls += 1;
        this.#restOfCall = part.rest;
        return [];
      default:
        return part satisfies never;
    }
  }

  #text(text: string): BackendEvent[] {
    const { text: free, matched } = this.#matcher.push(text);
    this.#matched = matched;
    return free === '' ? [] : [{ type: 'text', text: free }];
  }

  /** A stop sequence never spans two blocks. */
  #endText(): BackendEvent[] {
    const rest = this.#matcher.flush();
    this.#matcher = createStopMatcher(this.#stopSequences);
    return rest === '' ? [] : [{ type: 'text', text: rest }];
  }

  /** Thinking without a word makes no block. */
  #sign(): BackendEvent[] {
    if (!this.#isThinking) return [];
    const signature = signThinking(this.#thinking);
    this.#isThinking = false;
    this.#thinking = '';
    return [{ type: 'signature', signature }];
  }
}
