/**
 * How many ways a pattern has to read one text. llama.cpp follows all of them, for each token of its vocabulary anew: a pattern that is
 * ambiguous again and again, such as `(.*){1,30}x`, would keep it busy for minutes before every token.
 */
import { has } from './code-points.ts';
import type { Pattern } from './pattern.ts';

/** As long as long tokens are. */
const span = 16;
const mostPaths = 1000;
/** Work that counting may be; whatever takes more has too many ways in any case. */
const mostLinks = 20_000;
/** Links that are looked at in the time of one step of a grammar. */
const linksPerStep = 50;
const mostCharacters = 8;

/** Whether some text of the length of a token can be read in more ways than a sampler should follow. `weigh` is told of the work. */
export function hasTooManyPaths(pattern: Pattern, weigh: (steps: number) => void = () => {}): boolean {
  const places = new Places();
  places.add(pattern);
  weigh(Math.ceil(places.links / linksPerStep));
  return places.isTooLinked || places.characters().some((point) => places.paths(point) > mostPaths);
}

/** A part of a pattern: whether it may be empty, and with which of its places it may begin and end. */
interface Part {
  readonly mayBeEmpty: boolean;
  readonly first: readonly number[];
  readonly last: readonly number[];
}

const emptyPart: Part = { mayBeEmpty: true, first: [], last: [] };

/** The places of a pattern where a character is read, and which may follow which (Glushkov's automaton). */
class Places {
  readonly #classes: Extract<Pattern, { kind: 'class' }>[] = [];
  readonly #next: Set<number>[] = [];
  #links = 0;

  get links(): number {
    return Math.min(this.#links, mostLinks);
  }

  get isTooLinked(): boolean {
    return this.#links > mostLinks;
  }

  add(pattern: Pattern): Part {
    switch (pattern.kind) {
      case 'start':
      case 'end':
        return emptyPart;
      case 'class': {
        const place = this.#classes.push(pattern) - 1;
        this.#next.push(new Set());
        return { mayBeEmpty: false, first: [place], last: [place] };
      }
      case 'sequence':
        return pattern.parts.reduce((before, part) => this.#joined(before, this.add(part)), emptyPart);
      case 'choice': {
        const options = pattern.options.map((option) => this.add(option));
        return {
          mayBeEmpty: options.some(({ mayBeEmpty }) => mayBeEmpty),
          first: options.flatMap(({ first }) => first),
          last: options.flatMap(({ last }) => last),
        };
      }
      case 'repeat':
        return this.#repeated(pattern);
    }
  }

  /** Characters that many places read: there a text has most ways. */
  characters(): readonly number[] {
    const counts = new Map<number, number>();
    for (const { ranges } of this.#classes) for (const [point] of ranges) counts.set(point, 0);
    for (const point of counts.keys()) counts.set(point, this.#classes.filter(({ ranges }) => has(ranges, point)).length);
    return [...counts]
      .toSorted(([, left], [, right]) => right - left)
      .slice(0, mostCharacters)
      .map(([point]) => point);
  }

  /** Most ways to read the character `span` times from one place on. */
  paths(point: number): number {
    const reads = this.#classes.map(({ ranges }) => has(ranges, point));
    const next = this.#next.map((places) => [...places].filter((place) => reads[place]));
    let ways: readonly number[] = this.#classes.map(() => 1);
    for (let step = 0; step < span; step += 1) {
      const before = ways;
      ways = next.map((places) => places.reduce((total, place) => total + (before[place] ?? 0), 0));
    }
    return Math.max(...ways);
  }

  #joined(before: Part, after: Part): Part {
    this.#link(before.last, after.first);
    return {
      mayBeEmpty: before.mayBeEmpty && after.mayBeEmpty,
      first: before.mayBeEmpty ? [...before.first, ...after.first] : before.first,
      last: after.mayBeEmpty ? [...before.last, ...after.last] : after.last,
    };
  }

  /** Written out, as llama.cpp does: what may be left out is left out from the end. Without an end the last one goes round. */
  #repeated({ part, least, most }: Extract<Pattern, { kind: 'repeat' }>): Part {
    const isEndless = most === Number.POSITIVE_INFINITY;
    const count = isEndless ? Math.max(least, 1) : most;
    const first: number[] = [];
    const last: number[] = [];
    let before: readonly number[] = [];
    let mayBeEmpty = least === 0;
    for (let at = 0; at < count && !this.isTooLinked; at += 1) {
      const one = this.add(part);
      if (isEndless && at === count - 1) this.#link(one.last, one.first);
      this.#link(before, one.first);
      mayBeEmpty ||= one.mayBeEmpty;
      if (at === 0 || one.mayBeEmpty) first.push(...one.first);
      if (at + 1 >= least || one.mayBeEmpty) last.push(...one.last);
      before = one.mayBeEmpty ? [...before, ...one.last] : one.last;
    }
    return { mayBeEmpty, first, last };
  }

  #link(from: readonly number[], to: readonly number[]): void {
    this.#links += from.length * to.length;
    if (this.isTooLinked) return;
    for (const place of from) for (const next of to) this.#next[place]?.add(next);
  }
}
