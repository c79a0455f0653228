import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Delimiters } from './delimiters.ts';
import { markTexts, MarkScanner } from './marks.ts';
import { hermesDelimiters } from './model-delimiters.ts';
import { ReplyParser, type ReplyPart, type ReplyStart } from './reply-parser.ts';

const call = (city: string): string => `<tool_call>\n{"name": "get_weather", "arguments": {"city": "${city}"}}\n</tool_call>`;

interface Options {
  readonly start?: ReplyStart;
  readonly isGuarded?: boolean;
  readonly delimiters?: Delimiters;
}

/** The parts of a reply that comes in these pieces, with the pieces of one part joined. */
function parse(pieces: readonly string[], { start = 'text', isGuarded = false, delimiters = hermesDelimiters }: Options = {}): string[] {
  const scanner = new MarkScanner(markTexts(delimiters));
  const parser = new ReplyParser({ delimiters, start, areCallsGuarded: isGuarded, toolNames: new Set(['get_weather']) });
  const parts: ReplyPart[] = [];
  for (const piece of pieces) {
    for (const found of scanner.push(piece)) parts.push(...('mark' in found ? parser.mark(found.mark) : parser.text(found.text)));
  }
  parts.push(...parser.text(scanner.flush()), ...parser.end());
  const joined: string[] = [];
  let kind = '';
  for (const part of parts) {
    const text = 'text' in part ? part.text : 'json' in part ? part.json : 'name' in part ? part.name : '';
    if (part.kind === kind) joined[joined.length - 1] += text;
    else joined.push(text === '' ? part.kind : `${part.kind}: ${text}`);
    ({ kind } = part);
  }
  return joined;
}

const transcripts: readonly [title: string, reply: string, parts: readonly string[], options?: Options][] = [
  ['plain text', 'Hello, world! ', ['text: Hello, world! ']],
  ['nothing', '', []],
  ['thinking, then text', '<think>\nLet me see.\n</think>\n\nHello', ['thinking: Let me see.', 'thinking-end', 'text: Hello']],
  [
    'thinking that the prompt opened',
    'Let me\nsee.\n</think>\n\nHello\n',
    ['thinking: Let me\nsee.', 'thinking-end', 'text: Hello\n'],
    { start: 'thinking' },
  ],
  ['thinking that is cut', 'Let me', ['thinking: Let me', 'thinking-end'], { start: 'thinking' }],
  ['a call', call('Paris'), ['call: get_weather', 'arguments: {"city":"Paris"}', 'call-end']],
  [
    'text, then two calls',
    `One moment.\n${call('Paris')}\n${call('Rome')}\n`,
    [
      'text: One moment.',
      'call: get_weather',
      'arguments: {"city":"Paris"}',
      'call-end',
      'call: get_weather',
      'arguments: {"city":"Rome"}',
      'call-end',
    ],
  ],
  [
    'a call in the middle of thinking',
    `Hm.\n${call('Paris')}`,
    ['thinking: Hm.', 'thinking-end', 'call: get_weather', 'arguments: {"city":"Paris"}', 'call-end'],
    { start: 'thinking' },
  ],
  [
    'a call of a tool that was not offered',
    '<tool_call>\n{"name": "rm", "arguments": {}}\n</tool_call>',
    ['text: <tool_call>\n{"name": "rm", "arguments": {}}\n</tool_call>'],
  ],
  ['what only looks like a call', '<tool_call>oops</tool_call> well', ['text: <tool_call>oops</tool_call> well']],
  ['what only looks like a mark', 'a <tool_cal or <thin', ['text: a <tool_cal or <thin']],
  [
    'a guarded call with braces, quotes and escapes in its strings',
    '<tool_call>\n{"name": "get_weather", "arguments": {"city": "a}\\"{\\\\", "l": [{"x": "]"}]}',
    ['call: get_weather', 'arguments: {"city": "a}\\"{\\\\", "l": [{"x": "]"}]}', 'call-end'],
    { isGuarded: true },
  ],
  [
    'a forced call, from its name',
    'get_weather", "arguments": {}',
    ['call: get_weather', 'arguments: {}', 'call-end'],
    { start: 'call-name', isGuarded: true },
  ],
  [
    'a forced call, from its arguments',
    '{"city": "Paris"}',
    ['arguments: {"city": "Paris"}', 'call-end'],
    { start: 'call-arguments', isGuarded: true },
  ],
  ['a forced call that is cut', '{"city": "Par', ['arguments: {"city": "Par'], { start: 'call-arguments', isGuarded: true }],
  [
    'marks inside the strings of a guarded call',
    '{"city": "<think>"}',
    ['arguments: {"city": "<think>"}', 'call-end'],
    { start: 'call-arguments', isGuarded: true },
  ],
  ['marks of a model without any', '<think>x</think>', ['text: <think>x</think>'], { delimiters: {} }],
];

test.each(transcripts)('%s is read the same in all pieces, and in one', (_title, reply, parts, options = {}) => {
  expect(parse([reply], options)).toEqual(parts);
  for (let cut = 1; cut < reply.length; cut += 1) {
    expect(parse([reply.slice(0, cut), reply.slice(cut)], options)).toEqual(parts);
  }
  expect(parse(Array.from(reply), options)).toEqual(parts);
  fc.assert(
    fc.property(fc.array(fc.nat(Math.max(reply.length - 1, 0)), { maxLength: 12 }), (cuts) => {
      const at = [0, ...cuts.toSorted((a, b) => a - b), reply.length];
      const pieces = at.slice(1).map((end, index) => reply.slice(at[index], end));
      expect(parse(pieces, options)).toEqual(parts);
    }),
    { numRuns: 50 },
  );
});

test('only a call that a grammar can hold from its mark on is a guarded one', () => {
  for (const areCallsGuarded of [true, false]) {
    const parser = new ReplyParser({ delimiters: hermesDelimiters, start: 'text', areCallsGuarded, toolNames: new Set() });
    parser.mark('call-open');
    expect([parser.isInCall, parser.isInGuardedCall]).toEqual([true, areCallsGuarded]);
  }
});

test('arguments of a guarded call leave as they come', () => {
  const parser = new ReplyParser({ delimiters: hermesDelimiters, start: 'call-arguments', areCallsGuarded: true, toolNames: new Set() });
  expect(parser.text('{"city": "Pa')).toEqual([{ kind: 'arguments', json: '{"city": "Pa' }]);
  expect(parser.text('ris"}}')).toEqual([
    { kind: 'arguments', json: 'ris"}' },
    { kind: 'call-end', rest: '}' },
  ]);
});
