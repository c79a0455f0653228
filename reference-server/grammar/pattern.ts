/** Regular expressions as data: how long what they match is, and whether they match a text. `pattern-reader.ts` reads them. */
import { has, type Ranges } from './code-points.ts';

export type Pattern =
  | { readonly kind: 'class'; readonly ranges: Ranges }
  | { readonly kind: 'sequence'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'choice'; readonly options: readonly Pattern[] }
  | { readonly kind: 'repeat'; readonly part: Pattern; readonly least: number; readonly most: number }
  /** Only while a pattern is read: it stands for nothing that could be written. */
  | { readonly kind: 'start' | 'end' };

/** Work that one match may be: patterns and texts are both a stranger's. */
const mostSteps = 20_000;

/** Whether the pattern matches exactly `text`; undefined where that is too much work to find out. */
export function matches(pattern: Pattern, text: string): boolean | undefined {
  const points = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const work = { left: mostSteps };
  const found = ends(pattern, points, new Set([0]), work);
  return work.left < 0 ? undefined : found.has(points.length);
}

/** Fewest and most characters of what a pattern matches. */
export function lengths(pattern: Pattern): { readonly least: number; readonly most: number } {
  switch (pattern.kind) {
    case 'start':
    case 'end':
      return { least: 0, most: 0 };
    case 'class':
      return { least: 1, most: 1 };
    case 'sequence': {
      const parts = pattern.parts.map(lengths);
      return { least: sum(parts.map(({ least }) => least)), most: sum(parts.map(({ most }) => most)) };
    }
    case 'choice': {
      const options = pattern.options.map(lengths);
      return { least: Math.min(...options.map(({ least }) => least)), most: Math.max(...options.map(({ most }) => most)) };
    }
    case 'repeat': {
      const { least, most } = lengths(pattern.part);
      return { least: least * pattern.least, most: most === 0 || pattern.most === 0 ? 0 : most * pattern.most };
    }
  }
}

/** Where the pattern may end in `points` from any of `starts`. Gives up with nothing when the work is spent. */
function ends(pattern: Pattern, points: readonly number[], starts: ReadonlySet<number>, work: { left: number }): ReadonlySet<number> {
  work.left -= 1 + starts.size;
  if (work.left < 0 || starts.size === 0) return new Set();
  switch (pattern.kind) {
    case 'start':
    case 'end':
      return starts;
    case 'class':
      return new Set([...starts].filter((at) => at < points.length && has(pattern.ranges, points[at] ?? -1)).map((at) => at + 1));
    case 'sequence':
      return pattern.parts.reduce((from, part) => ends(part, points, from, work), starts);
    case 'choice':
      return new Set(pattern.options.flatMap((option) => [...ends(option, points, starts, work)]));
    case 'repeat': {
      let from = starts;
      for (let count = 0; count < pattern.least && from.size > 0; count += 1) from = ends(pattern.part, points, from, work);
      const found = new Set(from);
      for (let count = pattern.least; count < pattern.most && from.size > 0; count += 1) {
        from = new Set([...ends(pattern.part, points, from, work)].filter((at) => !found.has(at)));
        for (const at of from) found.add(at);
      }
      return found;
    }
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
