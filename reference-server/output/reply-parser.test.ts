// What comes of whole replies is tested family by family, beside the families.
import { expect, test } from 'vitest';
import type { Family } from '../families/family.ts';
import { harmony } from '../families/harmony.ts';
import { hermes } from '../families/hermes.ts';
import { llama } from '../families/llama.ts';
import { mistralList, mistralNamed } from '../families/mistral.ts';
import { ReplyParser } from './reply-parser.ts';
import type { ReplyPart } from './reply-part.ts';

const options = { family: hermes, start: 'text', areCallsHeld: true, toolNames: new Set(['look']) } as const;

test('only a call whose mark a grammar sees is held, from the mark on', () => {
  for (const areCallsHeld of [true, false]) {
    const parser = new ReplyParser({ ...options, areCallsHeld });
    parser.mark({ role: 'call-open', text: '<tool_call>' });
    expect(parser.isInCall).toBe(true);
    expect(parser.heldFrom).toEqual(areCallsHeld ? { position: 'mark' } : undefined);
  }
});

test('a call that is a message is held from its arguments on, and its tool is known', () => {
  const parser = new ReplyParser({ ...options, family: harmony, start: 'head' });
  parser.text(' to=functions.look');
  expect(parser.heldFrom).toBeUndefined();
  expect(parser.mark({ role: 'head-end', text: '<|message|>' })).toEqual([{ kind: 'call', name: 'look' }]);
  expect(parser.heldFrom).toEqual({ position: 'arguments', name: 'look' });
});

test('arguments of a held call leave as they come', () => {
  const parser = new ReplyParser({ ...options, start: 'call-arguments' });
  expect(parser.text('{"city": "Pa')).toEqual([{ kind: 'arguments', json: '{"city": "Pa' }]);
  expect(parser.text('ris"}}')).toEqual([
    { kind: 'arguments', json: 'ris"}' },
    { kind: 'call-end', rest: '}' },
  ]);
});

test('between the calls of a list none is open, but the grammar goes on', () => {
  const parser = new ReplyParser({ ...options, family: mistralList, start: 'call-arguments' });
  parser.text('{}');
  expect([parser.isInCall, parser.heldFrom]).toEqual([false, { position: 'mark' }]);
  parser.text('}, {"name": "look", ');
  expect(parser.isInCall).toBe(true);
  parser.text('"arguments": {}}]');
  expect([parser.isInCall, parser.heldFrom]).toEqual([false, undefined]);
});

/** Nothing holds the calls. A call mark of the family opens the reply where it has one. */
function read(family: Family, pieces: Iterable<string>): ReplyPart[] {
  const parser = new ReplyParser({ ...options, family, start: family.messages === undefined ? 'text' : 'head', areCallsHeld: false });
  const open = family === llama ? undefined : family.calls.open;
  const parts = open === undefined ? [] : parser.mark({ role: 'call-open', text: open });
  for (const piece of pieces) parts.push(...parser.text(piece));
  return [...parts, ...parser.end({ isCut: false })];
}

const lookFor = (query: string): string => `{"name":"look","arguments":{"q":${query}}}`;
const long = `"${'x'.repeat(500_000)}"`;
const wide = ' '.repeat(500_000);

// Time that grows with the square of the length would be a minute and more here.
test.each<[title: string, family: Family, written: string, calls: readonly string[]]>([
  ['long arguments', hermes, lookFor(long), [`{"q":${long}}`]],
  ['long arguments of a named call', mistralNamed, `look[ARGS]{"q":${long}}`, [`{"q":${long}}`]],
  ['long arguments before the name', hermes, `{"arguments":{"q":${long}},"name":"look"}`, [`{"q":${long}}`]],
  ['white space before a call', hermes, wide + lookFor('1'), ['{"q":1}']],
  ['white space after a call', hermes, lookFor('1') + wide, ['{"q":1}']],
  ['white space where the reply begins', llama, wide + lookFor('1'), ['{"q":1}']],
  ['white space in the beginning of a call', llama, `{${wide}`, []],
  ['a head without end', harmony, 'x'.repeat(500_000), []],
])('%s, character by character, takes time that grows with the length', (_title, family, written, calls) => {
  const parts = read(family, written);
  expect(parts.filter(({ kind }) => kind === 'arguments')).toEqual(calls.map((json) => ({ kind: 'arguments', json })));
  if (calls.length === 0) expect(textOf(parts)).toBe(written);
});

test.each([hermes, mistralNamed, llama])('a call of $name that is nested too deep to come back in a request is text', (family) => {
  const call = family === mistralNamed ? (query: string): string => `look[ARGS]{"q":${query}}` : lookFor;
  for (const depth of [200, 6000, 200_000]) {
    const written = call('[{"a":'.repeat(depth) + '1' + '}]'.repeat(depth));
    const opening = family === llama ? '' : family.calls.open;
    expect(textOf(read(family, [written]))).toBe(`${opening}${written}`);
  }
  expect(read(family, [call('[{"a":'.repeat(70) + '1' + '}]'.repeat(70))])).toContainEqual({ kind: 'call', name: 'look' });
});

function textOf(parts: readonly ReplyPart[]): string {
  return parts.map((part) => (part.kind === 'text' ? part.text : `(${part.kind})`)).join('');
}
