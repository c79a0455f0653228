// No stream that the API allows fails a check of level must.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { faultsIn, linesOf, streamed } from './judged.fixture.ts';
import { failedReply, type Reply, validReply } from './reply.fixture.ts';
import { runs } from './runs.fixture.ts';
import { anyStyle, bytesOf, chunkStarts, framed, type Style } from './wire.fixture.ts';

function faultsOf({ request, events }: Reply, style: Style): readonly string[] {
  const bytes = bytesOf(framed(events), style);
  const evidence = streamed(request, bytes, chunkStarts(bytes, style));
  expect(evidence.request.validity).toBe('valid');
  return linesOf(faultsIn(evidence));
}

test('A stream that the API allows, however it is written and cut, fails no check of level must', () => {
  fc.assert(
    fc.property(validReply, anyStyle, (reply, style) => {
      expect(faultsOf(reply, style)).toEqual([]);
    }),
    runs(500),
  );
});

test('A stream that an overloaded server gives up with an error event fails no check of level must', () => {
  fc.assert(
    fc.property(failedReply, anyStyle, (reply, style) => {
      expect(faultsOf(reply, style)).toEqual([]);
    }),
    runs(150),
  );
});

test('A stream that we leave, wherever that is, fails no check of level must', () => {
  const place = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(validReply, anyStyle, place, ({ request, events }, style, left) => {
      const bytes = bytesOf(framed(events), style);
      const part = bytes.slice(0, Math.floor(left * bytes.length));
      expect(linesOf(faultsIn(streamed(request, part, [0], { ended: 'aborted-by-us' })))).toEqual([]);
    }),
    runs(150),
  );
});
