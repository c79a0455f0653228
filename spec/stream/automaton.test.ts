import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkOrder } from './automaton.ts';
import { correctStream, delta, error, messageDelta, messageStart, messageStop, ping, start, stop, textBlock } from './event.fixture.ts';
import { grammarRules } from './grammar.ts';
import type { GrammarEvent } from './grammar-event.ts';

const end = [messageDelta, messageStop];

/** Place and rule of every violation. */
const told = (events: readonly GrammarEvent[], ending?: 'cut'): readonly string[] =>
  checkOrder(events, ending).map(({ at, rule }) => `${at} ${rule}`);

/** One mistake each, and all that is said about it. */
const mistakes: Readonly<Record<string, readonly (readonly [string, readonly GrammarEvent[], readonly string[]])[]>> = {
  'message-start-first': [
    ['message_start is lost', [...textBlock(0), ...end], ['0 message-start-first']],
    ['message_start comes late', [start(0), messageStart, delta(0), stop(0), ...end], ['0 message-start-first']],
    ['nothing comes', [], ['0 message-start-first']],
    ['only pings come', [ping], ['1 message-start-first']],
  ],
  'message-start-once': [
    ['message_start comes twice', [messageStart, messageStart, ...textBlock(0), ...end], ['1 message-start-once']],
    ['it comes again inside a block', [messageStart, start(0), messageStart, stop(0), ...end], ['2 message-start-once']],
    ['it comes again after message_delta', [messageStart, messageDelta, messageStart, messageStop], ['2 message-start-once']],
  ],
  'block-start-before-delta': [
    ['a start is lost', [messageStart, delta(0), delta(0), stop(0), ...textBlock(1), ...end], ['1 block-start-before-delta']],
    ['a start and its stop are lost', [messageStart, delta(0), ...textBlock(1), ...end], ['1 block-start-before-delta']],
    ['a start and its deltas are lost', [messageStart, stop(0), ...textBlock(1), ...end], ['1 block-start-before-delta']],
    ['deltas name another block', [messageStart, start(0), delta(3), delta(3), stop(0), ...end], ['2 block-start-before-delta']],
    ['a delta comes after the stop', [messageStart, start(0), stop(0), delta(0), delta(0), ...end], ['3 block-start-before-delta']],
  ],
  'block-stop-each': [
    ['a stop is lost before the next block', [messageStart, start(0), delta(0), ...textBlock(1), ...end], ['3 block-stop-each']],
    ['a stop is lost before message_delta', [messageStart, start(0), delta(0), ...end], ['3 block-stop-each']],
    ['a stop comes twice', [messageStart, ...textBlock(0), stop(0), ...end], ['4 block-stop-each']],
  ],
  'no-interleave': [
    ['two blocks overlap', [messageStart, start(0), start(1), delta(0), delta(1), stop(0), stop(1), ...end], ['2 no-interleave']],
    ['a stop and the next start are swapped', [messageStart, start(0), start(1), stop(0), stop(1), ...end], ['2 no-interleave']],
  ],
  'index-integer': [
    ['an index is a string', [messageStart, start('0'), delta('0'), stop('0'), ...end], ['1 index-integer']],
    ['there is no index', [messageStart, start(undefined), delta(undefined), stop(undefined), ...end], ['1 index-integer']],
    ['an index is negative', [messageStart, start(0), delta(-1), stop(0), ...end], ['2 index-integer']],
    ['an index is a fraction', [messageStart, start(0), delta(0.5), stop(0), ...end], ['2 index-integer']],
  ],
  'index-zero-based': [['indexes begin with 1', [messageStart, ...textBlock(1), ...textBlock(2), ...end], ['1 index-zero-based']]],
  'index-contiguous': [
    ['an index is left out', [messageStart, ...textBlock(0), ...textBlock(2), ...textBlock(3), ...end], ['4 index-contiguous']],
    ['every block has index 0', [messageStart, ...textBlock(0), ...textBlock(0), ...textBlock(0), ...end], ['4 index-contiguous']],
  ],
  'delta-kind-matches-block': [
    [
      'text comes in a tool call',
      [messageStart, start(0, 'tool_use'), delta(0), delta(0), stop(0), ...end],
      ['2 delta-kind-matches-block'],
    ],
    [
      'a result block has a delta',
      [messageStart, start(0, 'web_search_tool_result'), delta(0), stop(0), ...end],
      ['2 delta-kind-matches-block'],
    ],
  ],
  'signature-once': [
    [
      'a thinking block has no signature',
      [messageStart, start(0, 'thinking'), delta(0, 'thinking_delta'), stop(0), ...end],
      ['3 signature-once'],
    ],
    [
      'thinking follows the signature',
      [messageStart, start(0, 'thinking'), delta(0, 'signature_delta'), delta(0, 'thinking_delta'), stop(0), ...end],
      ['3 signature-once'],
    ],
    [
      'there are two signatures',
      [messageStart, start(0, 'thinking'), delta(0, 'signature_delta'), delta(0, 'signature_delta'), stop(0), ...end],
      ['3 signature-once'],
    ],
    [
      'thinking follows the signature in a stream that fails',
      [messageStart, start(0, 'thinking'), delta(0, 'signature_delta'), delta(0, 'thinking_delta'), error],
      ['3 signature-once'],
    ],
  ],
  'message-delta-after-blocks': [
    ['a block follows message_delta', [messageStart, messageDelta, ...textBlock(0), messageStop], ['2 message-delta-after-blocks']],
    ['the last stop follows message_delta', [messageStart, start(0), messageDelta, stop(0), messageStop], ['3 message-delta-after-blocks']],
  ],
  'message-delta-required': [['there is no message_delta', [messageStart, ...textBlock(0), messageStop], ['4 message-delta-required']]],
  'message-stop-required': [['the end is missing', [messageStart, ...textBlock(0), messageDelta], ['5 message-stop-required']]],
  'message-stop-last': [
    ['message_delta follows message_stop', [messageStart, messageStop, messageDelta], ['2 message-stop-last']],
    ['a second message_delta follows it', [messageStart, ...end, messageDelta], ['3 message-stop-last']],
  ],
  'message-stop-once': [['message_stop comes twice', [messageStart, ...end, messageStop], ['3 message-stop-once']]],
  'nothing-after-stop': [
    ['blocks follow message_stop', [messageStart, ...end, ...textBlock(0), ...textBlock(1)], ['3 nothing-after-stop']],
    ['an error follows message_stop', [messageStart, ...end, error], ['3 nothing-after-stop']],
  ],
  'error-terminal': [['events follow an error', [messageStart, start(0), error, delta(0), stop(0), ...end], ['3 error-terminal']]],
};

describe('one mistake gives one finding of its own rule', () => {
  test('and every rule has one', () => {
    expect(Object.keys(mistakes).toSorted()).toEqual(Object.keys(grammarRules).toSorted());
  });
  for (const [rule, entries] of Object.entries(mistakes)) {
    for (const [name, events, expected] of entries) test(`${rule}: ${name}`, () => expect(told(events)).toEqual(expected));
  }
});

describe('a correct stream has no violation', () => {
  test('whatever blocks it has', () => {
    fc.assert(
      fc.property(correctStream, (events) => {
        expect(checkOrder(events)).toEqual([]);
      }),
    );
  });
  test('with pings and unknown events anywhere', () => {
    const noise = fc.array(fc.constantFrom(ping, { type: 'vendor_event' }, { type: '' }), { maxLength: 2 });
    const noisy = fc
      .tuple(correctStream, fc.infiniteStream(noise))
      .map(([events, gaps]) => [...events, undefined].flatMap((event) => gaps.next().value.concat(event ?? [])));
    fc.assert(
      fc.property(noisy, (events) => {
        expect(checkOrder(events)).toEqual([]);
      }),
    );
  });
  test('with deltas of a kind that nobody knows', () =>
    expect(told([messageStart, start(0), delta(0, 'wave_delta'), stop(0), ...end])).toEqual([]));
  test('if it is empty of blocks', () => expect(told([messageStart, messageDelta, messageStop])).toEqual([]));
  test('if an error ends it anywhere', () => {
    fc.assert(
      fc.property(correctStream, fc.nat(), (events, at) => {
        // After message_stop it is too late to fail.
        const kept = events.slice(0, at % events.length);
        expect(checkOrder([...kept, error])).toEqual([]);
      }),
    );
  });
  test('if we cut it anywhere', () => {
    fc.assert(
      fc.property(correctStream, fc.nat(), (events, at) => {
        expect(checkOrder(events.slice(0, at % events.length), 'cut')).toEqual([]);
      }),
    );
  });
});

/** The fewest and most violations over many streams, each damaged in one place. */
function counts(damage: (events: GrammarEvent[], at: number) => void): { readonly fewest: number; readonly most: number } {
  const found: number[] = [];
  fc.assert(
    fc.property(correctStream, fc.nat(), (events, pick) => {
      // What carries the order: a delta may be repeated or lost.
      const places = events.flatMap(({ type }, at) => (type.endsWith('_delta') ? [] : [at]));
      const broken = [...events];
      damage(broken, places[pick % places.length]!);
      found.push(checkOrder(broken).length);
    }),
  );
  return { fewest: Math.min(...found), most: Math.max(...found) };
}

describe('a damaged stream is never taken for a correct one', () => {
  test('if an event is lost, which gives few findings', () => {
    const { fewest, most } = counts((events, at) => void events.splice(at, 1));
    expect(fewest).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(2);
  });
  test('if an event comes twice, which gives few findings', () => {
    const { fewest, most } = counts((events, at) => void events.splice(at, 0, events[at]!));
    expect(fewest).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(2);
  });
  test('if an event changes places with the one before', () => {
    fc.assert(
      fc.property(correctStream, fc.nat(), (events, pick) => {
        const at = 1 + (pick % (events.length - 1));
        const before = events[at - 1]!;
        const event = events[at]!;
        if (before.type === event.type && before.deltaType === event.deltaType) return;
        const broken = events.with(at - 1, event).with(at, before);
        expect(checkOrder(broken).length).toBeGreaterThan(0);
      }),
    );
  });
  test('if it ends too early', () => {
    fc.assert(
      fc.property(correctStream, fc.nat(), (events, at) => {
        expect(checkOrder(events.slice(0, at % events.length)).length).toBeGreaterThan(0);
      }),
    );
  });
});

test('garbage is judged without a crash', () => {
  const anyEvent = fc.record({
    type: fc.constantFrom(
      'message_start',
      'content_block_start',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
      'error',
      '__proto__',
    ),
    index: fc.oneof(fc.integer({ min: -1, max: 3 }), fc.anything()),
    blockType: fc.constantFrom('text', 'thinking', 'tool_use', '__proto__', 'toString'),
    deltaType: fc.constantFrom('text_delta', 'signature_delta', 'constructor'),
  });
  fc.assert(
    fc.property(fc.array(anyEvent), (events) => {
      const violations = checkOrder(events);
      expect(violations.map(({ at }) => at)).toEqual(violations.map(({ at }) => at).toSorted((a, b) => a - b));
    }),
  );
});

test('a violation says what was expected and what came', () => {
  expect(checkOrder([messageStart, start(0, 'tool_use'), delta(0), stop(0), ...end])).toEqual([
    { at: 2, rule: 'delta-kind-matches-block', state: 'block', expected: 'input_json_delta in a tool_use block', found: 'text_delta' },
  ]);
  expect(checkOrder([messageStart, start(0), ...end])).toEqual([
    { at: 2, rule: 'block-stop-each', state: 'block', expected: 'content_block_stop with index 0', found: 'message_delta' },
  ]);
});

test('a stream that stops in the middle of a block lacks three things', () => {
  expect(told([messageStart, start(0), delta(0)])).toEqual(['3 block-stop-each', '3 message-delta-required', '3 message-stop-required']);
  expect(told([messageStart, start(0), delta(0)], 'cut')).toEqual([]);
});

test('100 000 events are judged in linear time', () => {
  const deltas = Array.from({ length: 100_000 }, () => delta(0));
  expect(told([messageStart, start(0), ...deltas, stop(0), ...end])).toEqual([]);
  const blocks = Array.from({ length: 30_000 }, (_, index) => start(index));
  expect(told([messageStart, ...blocks], 'cut').length).toBeGreaterThan(0);
});
