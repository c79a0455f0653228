/** Sets of characters, and how each of them is written inside a JSON string. */
import { literal } from './literal.ts';

/** First and last code point. */
export type Range = readonly [number, number];
/** Sorted, apart from one another. */
export type Ranges = readonly Range[];

const last = 0x10_ff_ff;

export function union(ranges: Ranges): Ranges {
  const merged: [number, number][] = [];
  for (const [from, to] of ranges.toSorted(([left], [right]) => left - right)) {
    const before = merged.at(-1);
    if (before !== undefined && from <= before[1] + 1) before[1] = Math.max(before[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

export function complement(ranges: Ranges): Ranges {
  const inverse: Range[] = [];
  let from = 0;
  for (const [start, end] of union(ranges)) {
    if (start > from) inverse.push([from, start - 1]);
    from = end + 1;
  }
  return from > last ? inverse : [...inverse, [from, last]];
}

export function minus(ranges: Ranges, others: Ranges): Ranges {
  return complement(union([...complement(ranges), ...others]));
}

export function has(ranges: Ranges, point: number): boolean {
  return ranges.some(([from, to]) => point >= from && point <= to);
}

/** Control characters, quote, backslash and halves of surrogate pairs: not written as they are. */
export const unwritable: Ranges = [
  [0, 0x1f],
  [0x22, 0x22],
  [0x5c, 0x5c],
  [0x7f, 0x7f],
  [0xd8_00, 0xdf_ff],
];
/** Those of them that have a short escape. Other control characters are never generated. */
const escaped = ['"', '\\', '\b', '\f', '\n', '\r', '\t'] as const;

/** GBNF for one character of `ranges` inside a JSON string; undefined where none can be written. */
export function writtenCharacter(ranges: Ranges): string | undefined {
  const [only, ...others] = ranges;
  if (only !== undefined && others.length === 0 && only[0] === only[1] && !has(unwritable, only[0]))
    return literal(String.fromCodePoint(only[0]));
  const parts = [
    ...[characterClass(minus(ranges, unwritable))].filter((text) => text !== '[]'),
    ...escaped.filter((one) => has(ranges, one.charCodeAt(0))).map((one) => literal(JSON.stringify(one).slice(1, -1))),
  ];
  if (parts.length === 0) return undefined;
  return parts.length === 1 ? parts[0] : `(${parts.join(' | ')})`;
}

/** A class of GBNF. */
export function characterClass(ranges: Ranges): string {
  return `[${ranges.map(([from, to]) => (from === to ? inClass(from) : `${inClass(from)}-${inClass(to)}`)).join('')}]`;
}

function inClass(point: number): string {
  const character = String.fromCodePoint(point);
  if (/[A-Za-z0-9]/u.test(character)) return character;
  const digits = point.toString(16).toUpperCase();
  if (point <= 0xff) return `\\x${digits.padStart(2, '0')}`;
  return point <= 0xff_ff ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
}
