import { describe, expect, test } from 'vitest';
import { mistralList } from '../families/mistral.ts';
import { hermes } from '../families/hermes.ts';
import { minimax } from '../families/minimax.ts';
import { deepseekFenced } from '../families/deepseek.ts';
import { type AfterCall, readAfterCall } from './after-call.ts';

const held = (text: string): AfterCall => ({ next: 'unknown', held: text });
const text = (shown: string): AfterCall => ({ next: 'text', text: shown });

describe.each([
  {
    family: hermes,
    rows: [
      ['\n', held('')],
      [' There.', text('There.')],
    ],
  },
  {
    family: mistralList,
    rows: [
      ['\n, {"na', { next: 'call', opening: ',', body: ' {"na' }],
      [' ]', held(']')],
      [']\nThere.', text('\nThere.')],
      ['There.', text('There.')],
    ],
  },
  {
    family: deepseekFenced,
    rows: [
      ['\n``', held('``')],
      ['```There.', text('There.')],
      ['``There.', text('``There.')],
    ],
  },
  {
    family: minimax,
    rows: [
      ['\n</inv', held('</inv')],
      ['</invoke>\n<inv', held('<inv')],
      ['</invoke> </invoke>\n', held('')],
      ['</invoke>\n<invoke name', { next: 'call', opening: '', body: '<invoke name' }],
      ['</invoke>\nThere.', text('There.')],
    ],
  },
] satisfies { readonly family: object; readonly rows: [string, AfterCall][] }[])('behind a call of $family.name', ({ family, rows }) => {
  test.each(rows)('%j', (written, after) => {
    expect(readAfterCall(family.calls.loose, written)).toEqual(after);
  });
});
