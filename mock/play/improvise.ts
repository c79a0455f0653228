/** An answer that a generator makes while it is sent. */
import { tokenize } from '../estimate-tokens.ts';
import { isBreak, type Part } from '../script/part.ts';
import type { Improvisation } from '../script/reply.ts';
import { ScriptedMessage } from '../script/scripted-message.ts';
import { kindOf, MockScriptError } from '../script/script-error.ts';
import type { Answer } from './answer.ts';

/** True for what a generator function returns. */
export function isImprovisation(value: unknown): value is Improvisation {
  return typeof value === 'object' && value !== null && 'next' in value && (Symbol.asyncIterator in value || Symbol.iterator in value);
}

/** Throws where what was said so far cannot be; `isWhole` when the source has no more to say. Text is left out: it never contradicts. */
type Check = (said: { readonly parts: readonly Part[]; readonly stopped: Answer['stopped'] }, isWhole: boolean) => void;

/** Strings continue the text; messages give their parts, and their stop and usage where they say so. */
export function improvisedAnswer(source: Improvisation, check: Check): Answer {
  const parts = new ImprovisedParts(source, check);
  return {
    parts,
    headers: [],
    paced: undefined,
    get stopped() {
      return parts.stopped;
    },
    get usage() {
      return parts.usage;
    },
  };
}

/** An iterator by hand: the `return` of an async generator would wait for a `next` that may never come. */
class ImprovisedParts implements AsyncIterableIterator<Part, void> {
  stopped: Answer['stopped'];
  usage: Answer['usage'] = {};
  readonly #source: Improvisation;
  readonly #check: Check;
  /** Calls, and the way it breaks off. */
  readonly #said: Part[] = [];
  #ready: Part[] = [];

  constructor(source: Improvisation, check: Check) {
    this.#source = source;
    this.#check = check;
  }

  async next(): Promise<IteratorResult<Part, void>> {
    for (;;) {
      const part = this.#ready.shift();
      if (part !== undefined) {
        if (part.type === 'tool' || isBreak(part)) this.#said.push(part);
        if (part.type === 'tool') this.#check({ parts: this.#said, stopped: undefined }, false);
        return { done: false, value: part };
      }
      const { done, value } = await this.#source.next();
      if (done === true) {
        this.#check({ parts: this.#said, stopped: this.stopped }, true);
        return { done: true, value: undefined };
      }
      this.#ready = [...this.#partsOf(value)];
    }
  }

  async return(): Promise<IteratorResult<Part, void>> {
    await this.#source.return();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #partsOf(item: unknown): readonly Part[] {
    if (item === '') return [];
    if (typeof item === 'string') return [{ type: 'text', deltas: [{ text: item, tokens: tokenize(item) }], opens: false, citations: [] }];
    if (!(item instanceof ScriptedMessage)) {
      throw new MockScriptError('reply generator', `yielded ${kindOf(item)}; strings and replies such as useTool() can be sent.`);
    }
    this.stopped = item.data.stopped ?? this.stopped;
    this.usage = { ...this.usage, ...item.data.usage };
    return item.data.parts;
  }
}
