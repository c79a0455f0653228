import { expect, it } from 'vitest';
import { call, closed, ended, messageStart, messageStop, opened, said, streamed, text, wrote } from './stream.fixture.ts';
import { StreamMemo } from './stream-memo.ts';

const correct = [messageStart, opened(0, text), said(0, 'a'), closed(0), ended('end_turn'), messageStop];

function exchanges(count: number): ReturnType<typeof streamed>[] {
  return Array.from({ length: count }, (_, index) => streamed(correct, 10, { id: `x${index}` }));
}

it('takes a stream apart once', () => {
  const [one] = exchanges(1);
  const memo = new StreamMemo();
  expect(memo.view(one!, true)).toBe(memo.view(one!, true));
});

it('lets the oldest go where there is no room for all, and takes them apart again', () => {
  const all = exchanges(5);
  const bytes = new StreamMemo().view(all[0]!, true)?.measured.bytes ?? 0;
  const memo = new StreamMemo(2 * bytes);
  const first = all.map((exchange) => memo.view(exchange, true));
  const again = all.toReversed().map((exchange) => memo.view(exchange, true));
  expect(again.toReversed().map((view, index) => view === first[index])).toEqual([false, false, false, true, true]);
  expect(again.toReversed().map((view) => view?.events)).toHaveLength(5);
});

it('keeps a stream that is longer than its room, the only one', () => {
  const [one] = exchanges(1);
  const memo = new StreamMemo(1);
  expect(memo.view(one!, true)).toBe(memo.view(one!, true));
});

it('tells the facts of all of them', () => {
  const memo = new StreamMemo(1);
  const broken = streamed([messageStart, opened(0, call('f')), wrote(0, '{"a":'), wrote(0, '1}'), closed(0), ended('tool_use')]);
  const facts = [...exchanges(2), broken].map((exchange) => memo.facts(exchange, true));
  expect(facts.map((one) => one?.breaches)).toEqual([0, 0, 1]);
  expect(facts[2]?.calls).toEqual([
    { name: 'f', index: 0, fragments: ['{"a":', '1}'], fragmentsTotal: 2, joined: '{"a":1}', state: 'json' },
  ]);
});

it('knows an answer that is no stream', () => {
  const [one] = exchanges(1);
  const refused = { ...one!, response: { ...one!.response!, status: 400 } };
  const memo = new StreamMemo();
  expect([memo.view(refused, true), memo.facts(refused, true), memo.view(refused, true)]).toEqual([undefined, undefined, undefined]);
});
