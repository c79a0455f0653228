/** An answer that a generator makes while it is sent. */
import { tokenize } from '../estimate-tokens.ts';
import type { Part } from '../script/part.ts';
import type { Improvisation } from '../script/reply.ts';
import { ScriptedMessage } from '../script/scripted-message.ts';
import { kindOf, MockScriptError } from '../script/script-error.ts';
import type { Answer } from './answer.ts';

/** True for what a generator function returns. */
export function isImprovisation(value: unknown): value is Improvisation {
  return typeof value === 'object' && value !== null && 'next' in value && (Symbol.asyncIterator in value || Symbol.iterator in value);
}

/** Strings continue the text; messages give their parts, and their stop and usage where they say so. `check` throws for a part that cannot be. */
export function improvisedAnswer(source: Improvisation, check: (part: Part) => void): Answer {
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
  readonly #check: (part: Part) => void;
  #ready: Part[] = [];

  constructor(source: Improvisation, check: (part: Part) => void) {
    this.#source = source;
    this.#check = check;
  }

  async next(): Promise<IteratorResult<Part, void>> {
    for (;;) {
      const part = this.#ready.shift();
      if (part !== undefined) {
        this.#check(part);
        return { done: false, value: part };
      }
      const { done, value } = await this.#source.next();
      if (done === true) return { done: true, value: undefined };
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
