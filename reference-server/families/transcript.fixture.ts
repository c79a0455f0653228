/** Reads what a model of a family might write, cut into pieces in every way, and tells what comes of it. No model needed. */
import { array, assert, nat, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Mark, marksOf, MarkScanner } from '../output/marks.ts';
import { ReplyParser } from '../output/reply-parser.ts';
import type { ReplyPart, ReplyStart } from '../output/reply-part.ts';
import type { Family } from './family.ts';

/** What the model writes; `·` in a mark makes it plain characters that only look like one. Then the parts, those of one kind joined. */
export type Transcript = readonly [title: string, written: string, parts: readonly string[], options?: TranscriptOptions];

export interface TranscriptOptions {
  readonly start?: ReplyStart;
  /** Calls are held to their form by a grammar. */
  readonly isHeld?: boolean;
  /** The reply ends because of `max_tokens`. */
  readonly isCut?: boolean;
  readonly tools?: readonly string[];
  /** It shows at its end only that something is no call: cut before, it is one. */
  readonly isDecidedLate?: boolean;
}

/** Marks are tokens of their own, or spelled in plain pieces as by a model without such tokens. */
export type Spelling = 'tokens' | 'text';

const offered = ['get_weather', 'get_time'];
/** For families that write a number as they write its text. */
const schemas = new Map([
  [
    'get_weather',
    {
      properties: {
        city: { type: 'string' },
        days: { type: 'integer' },
        near: { type: 'array' },
        at: { type: 'object' },
        exact: { type: 'boolean' },
        unit: { type: ['string', 'null'] },
      },
    },
  ],
]);
const start = (family: Family): ReplyStart => (family.messages === undefined ? 'text' : 'head');

/** One test per transcript and spelling: read whole, in every two pieces, in single characters, in random pieces. */
export function testTranscripts(family: Family, transcripts: readonly Transcript[]): void {
  describe.each<Spelling>(['tokens', 'text'])(`what ${family.name} writes, marks as %s`, (spelling) => {
    const rows = transcripts.filter(([, written]) => spelling === 'tokens' || !written.includes('·'));
    test.each(rows.map((row) => ({ title: row[0], row })))('$title', ({ row: [, written, parts, options = {}] }) => {
      const units = unitsOf(marksFor(family, options), written, spelling);
      const readCut = (cuts: readonly number[]): string[] => read(family, inPieces(units, cuts), spelling, options);
      expect(readCut([])).toEqual(parts);
      for (let cut = 1; cut < units.length; cut += 1) expect({ cut, parts: readCut([cut]) }).toEqual({ cut, parts });
      expect(readCut(units.map((_, index) => index))).toEqual(parts);
      const anyCuts = array(nat(units.length), { maxLength: 12 });
      assert(
        property(anyCuts, (cuts) => {
          expect(readCut(cuts)).toEqual(parts);
        }),
        { numRuns: 40 },
      );
    });
    test('a reply that is cut anywhere shows the beginning of what it would have shown, and no marks', () => {
      for (const [title, written, parts, options = {}] of rows) {
        if (options.isDecidedLate === true) continue;
        const units = unitsOf(marksFor(family, options), written, spelling);
        for (let end = 0; end < units.length; end += 1) {
          const cut = read(family, inPieces(units.slice(0, end), []), spelling, { ...options, isCut: true });
          expect({ title, end, cut: isBeginning(cut, parts, marksFor(family, options), family) ? 'fine' : cut }).toEqual({
            title,
            end,
            cut: 'fine',
          });
        }
      }
    });
  });
}

type Unit = string | Mark;

function marksFor(family: Family, { tools = offered }: TranscriptOptions): readonly Mark[] {
  return marksOf(family, { hasCalls: tools.length > 0 });
}

function unitsOf(marks: readonly Mark[], written: string, spelling: Spelling): Unit[] {
  if (spelling === 'text') return Array.from(written);
  const units: Unit[] = [];
  for (let rest = written; rest !== '';) {
    const mark = marks.find(({ text }) => rest.startsWith(text));
    const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
    if (mark !== undefined) units.push(mark);
    else if (character !== '·') units.push(character);
    rest = rest.slice(mark?.text.length ?? character.length);
  }
  return units;
}

/** Characters between cuts go together; a token is always a piece of its own. */
function inPieces(units: readonly Unit[], cuts: readonly number[]): Unit[] {
  const pieces: Unit[] = [];
  for (const [index, unit] of units.entries()) {
    const last = pieces.at(-1);
    if (typeof unit === 'string' && typeof last === 'string' && !cuts.includes(index)) pieces[pieces.length - 1] = last + unit;
    else pieces.push(unit);
  }
  return pieces;
}

function read(family: Family, pieces: readonly Unit[], spelling: Spelling, options: TranscriptOptions): string[] {
  const { isHeld = false, isCut = false, tools = offered } = options;
  const parser = new ReplyParser({
    family,
    start: options.start ?? start(family),
    areCallsHeld: isHeld,
    toolNames: new Set(tools),
    schemas,
  });
  // As the decoder does: what means something only within a call is not looked for in text.
  const scanner = new MarkScanner(marksFor(family, options).filter(({ role }) => role !== 'part'));
  const parts: ReplyPart[] = [];
  for (const piece of pieces) {
    if (typeof piece !== 'string') parts.push(...parser.mark(piece));
    else if (spelling === 'tokens') parts.push(...parser.text(piece));
    else for (const found of scanner.push(piece)) parts.push(...('mark' in found ? parser.mark(found.mark) : parser.text(found.text)));
  }
  if (isCut && parser.isInCall) scanner.flush();
  parts.push(...parser.text(scanner.flush()), ...parser.end({ isCut }));
  return joined(parts);
}

function joined(parts: readonly ReplyPart[]): string[] {
  const lines: string[] = [];
  let kind = '';
  for (const part of parts) {
    const text = 'text' in part ? part.text : 'json' in part ? part.json : 'name' in part ? part.name : '';
    if (part.kind === kind) lines[lines.length - 1] += text;
    else lines.push(text === '' ? part.kind : `${part.kind}: ${text}`);
    ({ kind } = part);
  }
  return lines;
}

/** Whether all of `cut` is in `whole`, the last part of it perhaps not to its end, or closed early. Half a mark in plain characters is text. */
function isBeginning(cut: readonly string[], whole: readonly string[], marks: readonly Mark[], { calls: { loose } }: Family): boolean {
  const bare = (loose.form === 'object' && loose.bare) || [];
  const open = cut.at(-1) === 'thinking-end' ? cut.slice(0, -1) : cut;
  const isLast = (index: number): boolean => index === open.length - 1;
  const isPart = (part: string, index: number): boolean => squeezed(whole[index] ?? '').startsWith(squeezed(part));
  return open.every((part, index) => {
    if (part === whole[index] || squeezed(part) === 'text:' || (isLast(index) && isPart(part, index))) return true;
    const half = /^(?:text|thinking): /u.test(part) ? marks.map(({ text }) => withoutHalf(part, text)) : [];
    // Half a beginning of a call without a mark may still become any other line.
    const line =
      part
        .slice(part.indexOf(': ') + 2)
        .split('\n')
        .at(-1)
        ?.replaceAll(/\s/gu, '') ?? '';
    if (isLast(index) && line !== '' && bare.some((beginning) => beginning.startsWith(line))) return true;
    return half.some((rest) => /^(?:text|thinking):$/u.test(rest) || isPart(rest, index));
  });
}

function withoutHalf(part: string, mark: string): string {
  for (let length = mark.length - 1; length > 0; length -= 1)
    if (part.endsWith(mark.slice(0, length))) return part.slice(0, -length).trimEnd();
  return part;
}

/** Calls that nothing held are written anew, without the white space of the model; white space at the end of a text may belong to the format. */
function squeezed(part: string): string {
  return part.startsWith('arguments: ') ? part.replaceAll(/\s/gu, '') : part.trimEnd();
}
