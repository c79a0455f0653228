import { describe, expect, it } from 'vitest';
import { call, closed, ended, messageStart, messageStop, opened, said, streamed, text, viewOf, wrote } from './stream.fixture.ts';
import { streamedCalls } from './fragments.ts';
import { streamOf } from './stream-view.ts';
import { timeline } from './timeline.ts';

const correct = [messageStart, opened(0, text), said(0, 'a'), said(0, 'b'), closed(0), ended('end_turn'), messageStop];

describe('a stream', () => {
  it('is measured', () => {
    const { measured, isAtOnce } = viewOf(correct);
    expect(measured).toMatchObject({
      firstEventMs: 100,
      spanMs: 60,
      longestSilenceMs: 10,
      silenceAfter: 0,
      eventsPerSecond: 100,
      chunks: 7,
    });
    expect(isAtOnce).toBe(false);
  });

  it('that came all at once has no rate', () => {
    const { measured, isAtOnce } = viewOf(correct, 0);
    expect(measured).toMatchObject({ firstEventMs: 100, spanMs: 0, longestSilenceMs: 0, eventsPerSecond: undefined, chunks: 1 });
    expect(isAtOnce).toBe(true);
  });

  it('has blocks from start to stop, and says which were never stopped', () => {
    const { blocks } = viewOf([messageStart, opened(0, text), opened(1, call('a')), closed(1), ended('end_turn')]);
    expect(blocks).toEqual([
      { index: 0, blockType: 'text', from: 1, to: 4, isStopped: false },
      { index: 1, blockType: 'tool_use', from: 2, to: 3, isStopped: true },
    ]);
  });

  it('has the breaches that the automaton finds', () => {
    expect(viewOf(correct).violations).toEqual([]);
    const { violations } = viewOf([messageStart, opened(0, text), ended('end_turn'), messageStop]);
    expect(violations).toMatchObject([
      { at: 2, rule: 'block-stop-each', expected: 'content_block_stop with index 0', found: 'message_delta' },
    ]);
  });

  it('is not held to its end where we ended it', () => {
    expect(viewOf([messageStart, opened(0, text)], 10, { ended: 'aborted-by-us' }).violations).toEqual([]);
    expect(viewOf([messageStart, opened(0, text)]).violations.length).toBeGreaterThan(0);
  });

  it.each([
    ['a refusal', { status: 400 }],
    ['a compressed answer', { headers: [['content-encoding', 'gzip']] as const }],
    ['a body without events', { body: { kind: 'text', text: '{"type":"message"}' } as const }],
  ])('is not what %s is', (_title, change) => {
    const exchange = streamed(correct);
    expect(streamOf({ ...exchange, response: { ...exchange.response!, ...change } }, true)).toBeUndefined();
  });
});

describe('the arguments of streamed calls', () => {
  it.each([
    ['whole', ['', '{"a"', ':1}'], 'tool_use', 'json'],
    ['none', [''], 'tool_use', 'empty'],
    ['sent twice', ['{}', '{}'], 'tool_use', 'broken'],
    ['a list', ['[1]'], 'tool_use', 'broken'],
    ['half, of a turn that was cut', ['{"a"'], 'max_tokens', 'cut'],
  ])('%s', (_title, pieces, reason, state) => {
    const view = viewOf([
      messageStart,
      opened(0, call('f')),
      ...pieces.map((piece) => wrote(0, piece)),
      closed(0),
      ended(reason),
      messageStop,
    ]);
    expect(streamedCalls(view)).toEqual([
      { name: 'f', index: 0, fragments: pieces, fragmentsTotal: pieces.length, joined: pieces.join(''), state },
    ]);
  });

  it('of interleaved calls stay apart', () => {
    const view = viewOf([opened(0, call('a')), opened(1, call('b')), wrote(1, '{"b":1}'), wrote(0, '{"a":1}')]);
    expect(streamedCalls(view).map(({ fragments }) => fragments)).toEqual([['{"a":1}'], ['{"b":1}']]);
  });
});

describe('the timeline', () => {
  const uses = (svg: string, symbol: string): number => svg.split(`href="#s-${symbol}"`).length - 1;

  it('has a mark for each event, at its time', () => {
    const svg = timeline(viewOf(correct)).text;
    expect(['start', 'open', 'delta', 'close', 'mdelta', 'stop', 'ring'].map((symbol) => uses(svg, symbol))).toEqual([1, 1, 2, 1, 1, 1, 0]);
    expect(svg).toContain('>time<');
    expect(svg).toContain('+100 ms');
    expect(svg).toContain('+160 ms');
    // message_start at the beginning of the axis, message_stop at its end.
    expect(svg).toMatch(/#s-start" x="3%"/);
    expect(svg).toMatch(/#s-stop" x="96%"/);
  });

  it('shows the order where all came at once', () => {
    const svg = timeline(viewOf(correct, 0)).text;
    expect(svg).toContain('>order<');
    expect(svg).toContain('event 6');
    expect(uses(svg, 'delta')).toBe(2);
  });

  it.each([
    [3, 'order'],
    [4, 'time'],
  ])('shows 102 events that came in %i pieces by %s', (pieces, axis) => {
    const events = [messageStart, opened(0, text), ...Array.from({ length: 98 }, () => said(0, 'a')), closed(0), messageStop];
    const { response, ...exchange } = streamed(events);
    const every = Math.ceil(events.length / pieces);
    const chunks = response!.chunks.filter((_, index) => index % every === 0);
    const stream = streamOf({ ...exchange, response: { ...response!, chunks } }, true);
    expect(timeline(stream!).text).toContain(`>${axis}<`);
  });

  it('marks breaches, and blocks that stay open', () => {
    const svg = timeline(viewOf([messageStart, opened(0, text), said(0, 'a'), ended('end_turn'), messageStop])).text;
    expect(uses(svg, 'ring')).toBe(1);
    expect(svg).toContain('span open');
    expect(svg).toContain('1 breach of the order');
  });

  it('stays small for a hundred thousand deltas and a thousand blocks', () => {
    const deltas = Array.from({ length: 100_000 }, () => said(0, 'a'));
    expect(timeline(viewOf([messageStart, opened(0, text), ...deltas])).text.length).toBeLessThan(60_000);
    const blocks = Array.from({ length: 1000 }, (_, index) => opened(index, text));
    expect(timeline(viewOf([messageStart, ...blocks])).text.length).toBeLessThan(60_000);
  });

  it('takes an index of any kind for what it is: text', () => {
    const svg = timeline(viewOf([messageStart, opened('<b>"\u202E', { type: '<script>' })])).text;
    expect(svg).not.toMatch(/<b>|<script|\u202E/);
  });
});
