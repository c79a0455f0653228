/** The script of a mock: what was queued first, then rules, the newest first, then the default. */
import type { MessagesRequest } from '../../spec/index.ts';
import { asText } from '../../spec/as-text.ts';
import { matchRequest, showMatcher, type RequestMatcher } from './matcher.ts';
import type { Difference } from '../compare.ts';
import type { ReplyScript } from './reply.ts';
import { MockScriptError } from './script-error.ts';

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
  /** The entry that this one is a copy of, in the script that a scope began with. */
  readonly original: Entry | undefined;
  /** How often any one of its copies has answered. */
  usedElsewhere: number;
}

/** `when({ lastUser: /x/ })`, to which no reply was given yet. */
export interface Unfinished {
  readonly description: string;
}

/** What the script says to a request; without an entry, why not. */
export type Lookup = { readonly entry: Entry } | { readonly entry: undefined; readonly miss: string };

export class Rulebook {
  #queue: Entry[] = [];
  #rules: Entry[] = [];
  #otherwise: Entry | undefined;
  #unfinished: Unfinished[] = [];

  /** Whether nothing was ever scripted. */
  get isEmpty(): boolean {
    return this.#queue.length === 0 && this.#rules.length === 0 && this.#otherwise === undefined && this.#unfinished.length === 0;
  }

  enqueue(reply: ReplyScript): void {
    this.#queue.push(entryOf(`once() #${this.#queue.length + 1}`, reply, 1));
  }

  /** Notes a matcher that must get a reply yet. */
  begin(matcher: RequestMatcher): Unfinished {
    const rule = { description: showMatcher(matcher) };
    this.#unfinished.push(rule);
    return rule;
  }

  finish(rule: Unfinished): void {
    this.#unfinished = this.#unfinished.filter((other) => other !== rule);
  }

  addRule(matcher: RequestMatcher, reply: ReplyScript, limit: number): void {
    this.#rules.push({ ...entryOf(showMatcher(matcher), reply, limit), matcher });
  }

  setDefault(reply: ReplyScript): void {
    this.#otherwise = entryOf('otherwise()', reply, Number.POSITIVE_INFINITY);
  }

  /** The entry for a request, which is thereby used. */
  use(request: MessagesRequest, headers: ReadonlyMap<string, string>): Lookup {
    const entry = this.#find(request, headers);
    if (entry === undefined) return { entry, miss: this.#explainMiss(request, headers) };
    entry.used += 1;
    if (entry.original !== undefined) entry.original.usedElsewhere = Math.max(entry.original.usedElsewhere, entry.used);
    return { entry };
  }

  /** Entries that were not used as often as they say; a rule without a number must be used once. The default need not be. */
  get unused(): readonly Entry[] {
    return [...this.#queue, ...this.#rules].filter(({ used, limit }) => used < wanted(limit));
  }

  /** Entries of this very script that neither it nor a scope that began with it used so often. */
  get unusedAnywhere(): readonly Entry[] {
    return this.unused.filter(({ original, usedElsewhere, limit }) => original === undefined && usedElsewhere < wanted(limit));
  }

  /** Matchers without a reply. */
  get unfinished(): readonly Unfinished[] {
    return this.#unfinished;
  }

  clear(): void {
    this.#queue = [];
    this.#rules = [];
    this.#otherwise = undefined;
    this.#unfinished = [];
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
    return this.#rules.findLast((entry) => tried(entry, () => fits(entry))) ?? this.#otherwise;
  }

  #explainMiss(request: MessagesRequest, headers: ReadonlyMap<string, string>): string {
    const queue = this.#queue.length === 0 ? [] : [`${count(this.#queue.length, 'once() reply', 'once() replies')} used up.`];
    const closest = this.#closest(request, headers);
    const unfinished = this.#unfinished.map(({ description }) => `${description} has no reply.`);
    return ['No entry of the mock script answers this request.', ...queue, ...unfinished, ...(closest === undefined ? [] : [closest])].join(
      ' ',
    );
  }

  /** The rule that differs in the fewest fields, the newest of those. */
  #closest(request: MessagesRequest, headers: ReadonlyMap<string, string>): string | undefined {
    let best: { readonly entry: Entry; readonly differences: readonly Difference[] } | undefined;
    for (const entry of this.#rules.toReversed()) {
      const { matcher } = entry;
      const differences = matcher === undefined ? [] : tried(entry, () => matchRequest(matcher, request, headers));
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

function entryOf(description: string, reply: ReplyScript, limit: number): Entry {
  return { description, reply, matcher: undefined, limit, used: 0, original: undefined, usedElsewhere: 0 };
}

function renewed(entry: Entry): Entry {
  return { ...entry, used: 0, usedElsewhere: 0, original: entry };
}

/** A rule without a number must be used once. */
function wanted(limit: number): number {
  return Number.isFinite(limit) ? limit : 1;
}

/** What a matcher throws is said with the rule that it is of. */
function tried<Result>({ description }: Entry, match: () => Result): Result {
  try {
    return match();
  } catch (cause) {
    const what = cause instanceof Error ? `${cause.name}: ${cause.message}` : asText(cause);
    throw new MockScriptError(description, `the matcher threw ${what}`, { cause });
  }
}

function count(number: number, one: string, many: string): string {
  return number === 1 ? `The ${one} is` : `All ${number} ${many} are`;
}

export function times(number: number): string {
  return number === 1 ? 'once' : `${number} times`;
}
