import { expect, test } from 'vitest';
import { ReplyEvents } from './reply-events.ts';

test('a stop sequence ends the text before it, and nothing follows', () => {
  const events = new ReplyEvents(['STOP']);
  const said = [
    ...events.accept([{ kind: 'text', text: 'one ST' }]),
    ...events.accept([{ kind: 'text', text: 'OP two' }]),
    ...events.accept([{ kind: 'call', name: 'late' }]),
    ...events.end(),
  ];
  expect(said).toEqual([{ type: 'text', text: 'one ' }]);
  expect(events.matched).toBe('STOP');
});

test('stop sequences do not count in thinking and in arguments', () => {
  const events = new ReplyEvents(['STOP']);
  const said = events.accept([
    { kind: 'thinking', text: 'STOP' },
    { kind: 'thinking-end' },
    { kind: 'call', name: 'halt' },
    { kind: 'arguments', json: '{"STOP": 1}' },
    { kind: 'call-end', rest: '' },
  ]);
  expect(said.map((event) => event.type)).toEqual(['thinking', 'signature', 'tool-start', 'tool-input']);
  expect(events.matched).toBeUndefined();
});

test('text held back for a stop sequence leaves before the next block and at the end', () => {
  const events = new ReplyEvents(['STOP']);
  expect([
    ...events.accept([
      { kind: 'text', text: 'ST' },
      { kind: 'call', name: 'go' },
    ]),
    ...events.accept([{ kind: 'text', text: 'S' }]),
    ...events.end(),
  ]).toEqual([
    { type: 'text', text: 'ST' },
    { type: 'tool-start', name: 'go' },
    { type: 'text', text: 'S' },
  ]);
});

/** The signatures of thinking that came in these pieces. */
function sign(...pieces: string[]): unknown[] {
  const thinking = pieces.map((text) => ({ kind: 'thinking', text }) as const);
  return new ReplyEvents([]).accept([...thinking, { kind: 'thinking-end' }]).filter((event) => event.type === 'signature');
}

test('thinking is signed once, equal thinking equally; thinking without a word leaves nothing', () => {
  expect(sign('a', 'b')).toHaveLength(1);
  expect(sign('a', 'b')).toEqual(sign('ab'));
  expect(sign('a')).not.toEqual(sign('b'));
  expect(sign()).toEqual([]);
});
