import { expect, it } from 'vitest';
import type { Exchange, Place } from '../../spec/record/index.ts';
import { streamExchange } from '../record.fixture.ts';
import { excerpt } from './excerpt.ts';
import { closed, ended, messageStart, messageStop, opened, said, streamed, text } from './stream.fixture.ts';
import { streamOf } from './stream-view.ts';

const stream = streamed([messageStart, opened(0, text), said(0, 'Hello'), closed(0), ended('end_turn'), messageStop]);

function json(body: string): Exchange {
  const headers = [
    ['content-type', 'application/json'],
    ['x-long', 'a'.repeat(9000)],
  ] as const;
  return { ...streamExchange, response: { ...streamExchange.response!, headers, body: { kind: 'text', text: body } } };
}

/** What is marked, and what is said of it. */
function shown(
  exchange: Exchange,
  place: Omit<Place, 'exchange'>,
): { readonly marked: string; readonly caption: string; readonly all: string } {
  const view = { exchange, steps: [], request: undefined, findings: [], streamFacts: undefined, stream: streamOf(exchange, true) };
  const all = excerpt({ exchange: 'x2', ...place }, view).text.replaceAll('&quot;', '"');
  return {
    all,
    marked: /<mark>([^]*?)<\/mark>/.exec(all)?.[1] ?? '',
    caption: /<figcaption>([^]*?)<\/figcaption>/.exec(all)?.[1] ?? '',
  };
}

const error = '{"type":"error","error":{"type":"oops","message":"no\\u202e"}}';

it.each<[title: string, exchange: Exchange, place: Omit<Place, 'exchange'>, marked: string, caption: string]>([
  [
    'a frame',
    stream,
    { frame: 3, offset: 0 },
    'event: content_block_stop\ndata: {"type":"content_block_stop","index":0}',
    'frame 3, byte 422',
  ],
  ['a value of a frame', stream, { frame: 2, pointer: '/delta/text' }, '"Hello"', 'frame 2, byte 302, /delta/text'],
  [
    'a value of the message that a stream tells',
    stream,
    { pointer: '/content/0/text' },
    '"Hello"',
    'the message that the stream tells, /content/0/text',
  ],
  ['a value of a body', json(error), { pointer: '/error/type' }, '"oops"', 'response body, /error/type'],
  [
    'what lacks a value',
    json(error),
    { pointer: '/error/code' },
    '{"type":"oops","message":"no\\u202e"}',
    'response body: there is no /error/code; marked is what it would be in',
  ],
  ['a line at an offset', stream, { offset: 21 }, 'data: {"type":"message_start"', 'byte 21 of the response body'],
])('marks %s', (_title, exchange, place, marked, caption) => {
  const found = shown(exchange, place);
  expect(found.marked.slice(0, marked.length)).toBe(marked);
  expect(found.caption).toBe(caption);
});

it('shows status and headers where the place is the whole answer, long ones cut', () => {
  const { all } = shown(json(error), {});
  expect(all).toContain('HTTP 200 OK\ncontent-type: application/json');
  expect(all).toContain('(8,600 more characters)');
  expect(all).toContain('"oops"');
});

it('says that there was no answer', () => {
  const { response: _response, ...refused } = { ...streamExchange, ended: 'refused' as const, problem: 'connection refused' };
  expect(shown(refused, {}).all).toContain('connection refused');
});

it('stays short, whatever is marked', () => {
  const { all, marked } = shown(json(JSON.stringify({ a: 'x'.repeat(5_000_000) })), { pointer: '/a' });
  expect(marked).toHaveLength(900);
  expect(all).toContain('(4,999,102 more characters)');
  expect(all.length).toBeLessThan(2000);
});
