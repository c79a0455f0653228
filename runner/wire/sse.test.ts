import { createParser, type EventSourceMessage } from 'eventsource-parser';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Chunk } from '../../spec/record/index.ts';
import type { Frame } from '../../suites/model/evidence.ts';
import { createFrameCounter } from './frame-counter.ts';
import { framesOf } from './sse.ts';

const frames = (text: string | Uint8Array, chunks: readonly Chunk[] = []): readonly Frame[] => framesOf(Buffer.from(text), chunks, 0);
const data = (text: string): readonly (string | undefined)[] => frames(text).map((frame) => frame.data);

describe('A frame', () => {
  test('tells everything about how it stood on the wire', () => {
    expect(frames('event: ping\ndata: {"type": "ping"}\n\n')).toEqual([
      {
        index: 0,
        offset: 0,
        lines: ['event: ping', 'data: {"type": "ping"}'],
        lineEndings: ['\n'],
        terminated: true,
        event: 'ping',
        data: '{"type": "ping"}',
        json: { type: 'ping' },
        at: 0,
      },
    ]);
  });

  test('begins at the offset of its first line, counted in bytes', () => {
    expect(frames('data: ü\n\n\n\ndata: 2\r\n\r\ndata: 3\n\n').map(({ offset }) => offset)).toEqual([0, 12, 23]);
  });

  test('names the line endings it used, in order of first use', () => {
    expect(frames('data: 1\r\ndata: 2\rdata: 3\n\r\n')[0]?.lineEndings).toEqual(['\r\n', '\r', '\n']);
  });

  test('is not terminated where the body ends before its blank line', () => {
    expect(frames('data: 1\n\ndata: 2\n').map(({ terminated }) => terminated)).toEqual([true, false]);
    expect(frames('data: 1\n\ndata: 2').at(-1)).toMatchObject({ terminated: false, data: '2', json: 2 });
  });

  test('is kept when it has nothing but a comment, an id or an unknown field', () => {
    expect(frames(': hello\n\nid: 1\n\nretry: 5\nfoo\n\n').map(({ lines }) => lines)).toEqual([
      [': hello'],
      ['id: 1'],
      ['retry: 5', 'foo'],
    ]);
    expect(frames(': hello\n\n')[0]).not.toHaveProperty('data');
    expect(frames(': hello\n\n')[0]).not.toHaveProperty('event');
  });

  test('says why its data is not JSON, and not at length', () => {
    expect(frames('data: [DONE]\n\n')[0]).toMatchObject({
      data: '[DONE]',
      jsonProblem: `Unexpected token 'D', "[DONE]" is not valid JSON`,
    });
    expect(frames('data: [DONE]\n\n')[0]).not.toHaveProperty('json');
    expect(frames('data\n\n')[0]).toMatchObject({ data: '', jsonProblem: 'empty' });
    expect(frames(`data: {"${'x'.repeat(5000)}": nope}\n\n`)[0]?.jsonProblem?.length).toBeLessThanOrEqual(160);
  });

  test('notes bytes that are not UTF-8', () => {
    expect(frames(Buffer.from('data: "\xff"\n\ndata: "ok"\n\n', 'latin1'))).toMatchObject([
      { data: '"\uFFFD"', invalidUtf8: true },
      { data: '"ok"' },
    ]);
    expect(frames('data: "\uFFFD"\n\n')[0]).not.toHaveProperty('invalidUtf8');
  });
});

describe('Fields', () => {
  test('lose one space after the colon, and only one', () => {
    expect(data('data:x\n\ndata: x\n\ndata:  x\n\ndata:\tx\n\n')).toEqual(['x', 'x', ' x', '\tx']);
  });

  test('join several data lines with a newline, and count a data line without colon as empty', () => {
    expect(data('data: a\ndata\ndata: b\n\n')).toEqual(['a\n\nb']);
  });

  test('take the last event line, also an empty one', () => {
    expect(frames('event: a\nevent: b\ndata: 1\n\n')[0]?.event).toBe('b');
    expect(frames('event: a\nevent:\ndata: 1\n\n')[0]?.event).toBe('');
  });

  test('are told by their exact name', () => {
    expect(data('Data: 1\n data: 2\ndata : 3\n\n')).toEqual([undefined]);
  });
});

describe('A byte order mark', () => {
  test('is no part of the first line', () => {
    expect(frames('\uFEFFdata: 1\n\n')).toMatchObject([{ offset: 3, lines: ['data: 1'], data: '1' }]);
  });

  test('is a character like any other in a later line', () => {
    expect(data('data: 1\n\n\uFEFFdata: 2\n\n')).toEqual(['1', undefined]);
  });
});

describe('The time of a frame', () => {
  test('is when its last byte came', () => {
    const chunks = [
      { offset: 0, at: 1 },
      { offset: 8, at: 2 },
      { offset: 9, at: 3 },
      { offset: 20, at: 4 },
    ];
    // The blank line of the first frame is byte 8, the CR LF of the second ends with byte 20.
    expect(frames('data: 1\n\ndata: 22\r\n\r\ndata: 3', chunks).map(({ at }) => at)).toEqual([2, 4, 4]);
  });
});

test('A line of 64 MB is framed in one pass', () => {
  const line = Buffer.alloc(64 * 1024 * 1024, 'x');
  line.write('data: ');
  const before = performance.now();
  expect(framesOf(line, [], 0)).toMatchObject([{ terminated: false }]);
  expect(performance.now() - before).toBeLessThan(5000);
});

describe('For any stream', () => {
  const ending = fc.constantFrom('\n', '\r\n', '\r');
  const piece = fc.oneof(
    ending,
    fc.constantFrom(
      'data',
      'event',
      'id',
      'retry',
      ':',
      ': ',
      ' ',
      '\uFEFF',
      'data: ',
      'event: ',
      'event:',
      'data:{"a":1}',
      '[DONE]',
      'é',
      '😀',
    ),
    fc.string({ unit: 'binary', maxLength: 4 }).filter((text) => !text.includes('\0')),
  );
  const stream = fc.array(piece, { maxLength: 40 }).map((pieces) => Buffer.from(pieces.join('')));

  test('the events are those of eventsource-parser', () => {
    fc.assert(
      fc.property(stream, (bytes) => {
        const expected: EventSourceMessage[] = [];
        const parser = createParser({ onEvent: (event) => expected.push(event) });
        // Its `feed` takes text; the decoder drops the byte order mark, as the standard has it. The last CR is decided by what follows it.
        parser.feed(new TextDecoder().decode(bytes));
        parser.feed('\u0000');
        const actual = framesOf(bytes, [], 0).filter((frame) => frame.terminated && frame.data !== undefined);
        expect(actual.map((frame) => [frame.event || undefined, frame.data])).toEqual(expected.map((event) => [event.event, event.data]));
      }),
      { numRuns: 2000 },
    );
  });

  test('chunks change times and nothing else, and the time is that of the chunk with the last byte', () => {
    fc.assert(
      fc.property(stream, fc.array(fc.nat(60), { maxLength: 8 }), (bytes, cuts) => {
        const offsets = [...new Set([0, ...cuts.filter((cut) => cut < bytes.length)])].toSorted((a, b) => a - b);
        const cut = framesOf(
          bytes,
          offsets.map((offset) => ({ offset, at: offset })),
          -1,
        );
        const whole = framesOf(bytes, [{ offset: 0, at: 0 }], -1);
        expect(cut.map((frame) => ({ ...frame, at: 0 }))).toEqual(whole);
        for (const [index, { at }] of cut.entries()) {
          const next = cut[index + 1]?.offset ?? bytes.length;
          expect(offsets).toContain(at);
          expect(at).toBeLessThan(next);
        }
      }),
    );
  });

  test('the frame counter counts as many terminated frames, however it is cut', () => {
    fc.assert(
      fc.property(stream, fc.integer({ min: 1, max: 9 }), (bytes, size) => {
        const counter = createFrameCounter();
        let counted = 0;
        for (let at = 0; at < bytes.length; at += size) counted = counter.push(bytes.subarray(at, at + size));
        // A byte order mark makes a blank first line look like a line; no server sends one.
        fc.pre(!bytes.toString().startsWith('\uFEFF'));
        expect(counted).toBe(framesOf(bytes, [], 0).filter(({ terminated }) => terminated).length);
      }),
    );
  });
});
