import * as fc from 'fast-check';
import { expect, it } from 'vitest';
// What is shown must be what was judged.
import { framesOf as judgedFrames } from '../../runner/wire/sse.ts';
import type { Chunk } from '../../spec/record/index.ts';
import { streamExchange } from '../record.fixture.ts';
import { framesOf } from './frames.ts';

/** What both kinds of frame have. */
interface Shown {
  readonly index: number;
  readonly offset: number;
  readonly event?: string | undefined;
  readonly data?: string | undefined;
  readonly json?: unknown;
  readonly at: number;
}

function both(body: Buffer, chunks: readonly Chunk[]): readonly unknown[] {
  const response = {
    ...streamExchange.response!,
    body: { kind: 'base64', base64: body.toString('base64'), bytes: body.length } as const,
    chunks,
  };
  const pick = ({ index, offset, event, data, json, at }: Shown): unknown => ({
    index,
    offset,
    event,
    data,
    json,
    at,
  });
  const shown = framesOf({ ...streamExchange, response }).map(pick);
  const judged = judgedFrames(body, chunks, streamExchange.timing.end).map(pick);
  return [shown, judged];
}

const line = fc.constantFrom(
  'event: a',
  'event:b',
  'event',
  'data: {"x":1}',
  'data:[',
  'data',
  'data:  é',
  ': ping',
  'id: 3',
  '',
  '',
  'data: \u0000',
  'retry',
);
const ending = fc.constantFrom('\n', '\r\n', '\r');

it('finds the frames that were judged, whatever the line endings', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(line, ending), { maxLength: 20 }), fc.boolean(), (lines, hasMark) => {
      const body = Buffer.from((hasMark ? '\uFEFF' : '') + lines.flat().join(''));
      const [shown, judged] = both(body, [{ offset: 0, at: 5 }]);
      expect(shown).toEqual(judged);
    }),
    { numRuns: 2000 },
  );
});

it('gives each the time of its last byte', () => {
  const body = Buffer.from('data: 1\n\ndata: 2\n\ndata: 3\n\n');
  const chunks = [0, 9, 13].map((offset, index) => ({ offset, at: index * 100 }));
  const [shown, judged] = both(body, chunks);
  expect(shown).toEqual(judged);
  expect(shown).toMatchObject([{ at: 0 }, { at: 200 }, { at: 200 }]);
});

it('reads no more frames than a page can show', () => {
  const text = 'data: 1\n\n'.repeat(30_000);
  expect(framesOf({ ...streamExchange, response: { ...streamExchange.response!, body: { kind: 'text', text } } })).toHaveLength(20_000);
});
