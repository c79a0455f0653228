// What comes of whole replies is tested family by family, beside the families.
import { expect, test } from 'vitest';
import { harmony } from '../families/harmony.ts';
import { hermes } from '../families/hermes.ts';
import { mistralList } from '../families/mistral.ts';
import { ReplyParser } from './reply-parser.ts';

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
