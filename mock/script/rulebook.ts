/** The script of a mock: what was queued first, then rules, the newest first, then the default. */
import type { MessagesRequest } from '../../spec/index.ts';
import { matchRequest, showMatcher, type RequestMatcher } from './matcher.ts';
import type { Difference } from './pattern.ts';
import type { ReplyScript } from './reply.ts';

/** One line of the script. */
export interface Entry {
  /** As it was written: `once() #1`, `when({ lastUser: /x/ })`. */
  readonly description: string;
  readonly reply: ReplyScript;
  readonly matcher: RequestMatcher | undefined;
  /** How often it may answer. */
  readonly limit: number;
  /** How often it has. */
  used: number;
}

/** What the script says to a request; without an entry, why not. */
export type Lookup = { readonly entry: Entry } | { readonly entry: undefined; readonly miss: string };

export class Rulebook {
  #queue: Entry[] = [];
  #rules: Entry[] = [];
  #otherwise: Entry | undefined;

  /** Whether nothing was ever scripted. */
  get isEmpty(): boolean {
    return this.#queue.length === 0 && this.#rules.length === 0 && this.#otherwise === undefined;
  }

  enqueue(reply: ReplyScript): void {
    this.#queue.push({ description: `once() #${this.#queue.length + 1}`, reply, matcher: undefined, limit: 1, used: 0 });
  }

  addRule(matcher: RequestMatcher, reply: ReplyScript, limit: number): void {
    this.#rules.push({ description: showMatcher(matcher), reply, matcher, limit, used: 0 });
  }

  setDefault(reply: ReplyScript): void {
    this.#otherwise = { description: 'otherwise()', reply, matcher: undefined, limit: Number.POSITIVE_INFINITY, used: 0 };
  }

  /** The entry for a request, which is thereby used. */
  use(request: MessagesRequest, headers: ReadonlyMap<string, string>): Lookup {
    const entry = this.#find(request, headers);
    if (entry === undefined) return { entry, miss: this.#explainMiss(request, headers) };
    entry.used += 1;
    return { entry };
  }

  /** Entries that were not used as often as they say; a rule without a number must be used once. The default need not be. */
  get unused(): readonly Entry[] {
    return [...this.#queue, ...this.#rules].filter(({ used, limit }) => used < (Number.isFinite(limit) ? limit : 1));
  }

  clear(): void {
    this.#queue = [];
    this.#rules = [];
    this.#otherwise = undefined;
  }

  /** The same script from its beginning. */
  copy(): Rulebook {
    const copy = new Rulebook();
    copy.#queue = this.#queue.map(renewed);
    copy.#rules = this.#rules.map(renewed);
    copy.#otherwise = this.#otherwise && renewed(this.#otherwise);
    return copy;
  }

  #find(request: MessagesRequest, headers: ReadonlyMap<string, string>): Entry | undefined {
    const queued = this.#queue.find(({ used }) => used === 0);
    if (queued !== undefined) return queued;
    const fits = ({ used, limit, matcher }: Entry): boolean =>
      used < limit && matcher !== undefined && matchRequest(matcher, request, headers).length === 0;
    return this.#rules.findLast(fits) ?? this.#otherwise;
  }

  #explainMiss(request: MessagesRequest, headers: ReadonlyMap<string, string>): string {
    const queue = this.#queue.length === 0 ? [] : [`${count(this.#queue.length, 'once() reply', 'once() replies')} used up.`];
    const closest = this.#closest(request, headers);
    return ['No entry of the mock script answers this request.', ...queue, ...(closest === undefined ? [] : [closest])].join(' ');
  }

  /** The rule that differs in the fewest fields, the newest of those. */
  #closest(request: MessagesRequest, headers: ReadonlyMap<string, string>): string | undefined {
    let best: { readonly entry: Entry; readonly differences: readonly Difference[] } | undefined;
    for (const entry of this.#rules.toReversed()) {
      const differences = entry.matcher === undefined ? [] : matchRequest(entry.matcher, request, headers);
      if (best === undefined || differences.length < best.differences.length) best = { entry, differences };
    }
    if (best === undefined) return undefined;
    const [first] = best.differences;
    const why = first
      ? `${first.path}: expected ${first.expected}, found ${first.found}.`
      : `it fits, but has answered ${times(best.entry.used)} already.`;
    return `Closest: ${best.entry.description}; ${why}`;
  }
}

function renewed(entry: Entry): Entry {
  return { ...entry, used: 0 };
}

function count(number: number, one: string, many: string): string {
  return number === 1 ? `The ${one} is` : `All ${number} ${many} are`;
}

export function times(number: number): string {
  return number === 1 ? 'once' : `${number} times`;
}
