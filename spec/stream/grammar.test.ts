import { expect, test } from 'vitest';
import data from '../stream-grammar.json' with { type: 'json' };
import { allowedIn, blockRow, grammarRules, grammarStates, isKnownDelta, isOrderedEvent } from './grammar.ts';
import { grammarEvent } from './grammar-event.ts';

const rows = Object.values(grammarStates);
const rules = new Set<string>(Object.keys(grammarRules));

test('every name in the published grammar exists', () => {
  expect(Object.keys(grammarStates)).toContain(data.start);
  for (const { next, refused, missingAtEnd } of rows) {
    for (const state of Object.values(next)) expect(Object.keys(grammarStates)).toContain(state);
    for (const rule of [...Object.values(refused), ...missingAtEnd]) expect(rules).toContain(rule);
    for (const event of [...Object.keys(next), ...Object.keys(refused)]) expect(isOrderedEvent(event)).toBe(true);
  }
});

test('a state allows or refuses every event, and never both', () => {
  for (const { next, refused } of rows) {
    expect([...Object.keys(next), ...Object.keys(refused)].toSorted()).toEqual([
      'content_block_delta',
      'content_block_start',
      'content_block_stop',
      'error',
      'message_delta',
      'message_start',
      'message_stop',
    ]);
  }
});

test('the ids of the rules are permanent', () => {
  expect(Object.keys(grammarRules)).toEqual([
    'message-start-first',
    'message-start-once',
    'block-start-before-delta',
    'block-stop-each',
    'no-interleave',
    'index-integer',
    'index-zero-based',
    'index-contiguous',
    'delta-kind-matches-block',
    'signature-once',
    'message-delta-after-blocks',
    'message-delta-required',
    'message-stop-required',
    'message-stop-last',
    'message-stop-once',
    'nothing-after-stop',
    'error-terminal',
  ]);
});

test('blocks know their deltas', () => {
  expect(blockRow('text')).toEqual({ deltas: ['text_delta', 'citations_delta'] });
  expect(blockRow('redacted_thinking')).toEqual({ deltas: [] });
  expect(blockRow('hologram')).toBeUndefined();
  expect(blockRow('toString')).toBeUndefined();
  expect(isKnownDelta('signature_delta')).toBe(true);
  expect(isKnownDelta('wave_delta')).toBe(false);
});

test('what a state allows can be said in words', () => {
  expect(allowedIn('initial')).toBe('message_start or error');
  expect(allowedIn('done')).toBe('the end of the stream');
});

test('an event is read from the data of a frame, whatever that is', () => {
  expect(grammarEvent({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } })).toEqual({
    type: 'content_block_start',
    index: 0,
    blockType: 'text',
  });
  expect(grammarEvent({ type: 'content_block_delta', index: '0', delta: { type: 'text_delta' } })).toEqual({
    type: 'content_block_delta',
    index: '0',
    deltaType: 'text_delta',
  });
  for (const frame of [null, 5, 'x', [], {}, { type: 5 }, { delta: null }]) expect(grammarEvent(frame)).toEqual({ type: '' });
});
