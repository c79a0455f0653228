// Every load-bearing piece of a stream that goes wrong fails a check of level must; what changes nothing fails none.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { faultsIn, linesOf, streamed } from './judged.fixture.ts';
import { loadBearing, type Mutation, neutral, signature, toolInput } from './mutations.fixture.ts';
import { isCutShort, type Reply, validReply } from './reply.fixture.ts';
import { runs } from './runs.fixture.ts';
import { anyStyle, bytesOf, framed, type Framed, type Style } from './wire.fixture.ts';

const judged = (request: Reply['request'], frames: readonly Framed[], style: Style): readonly string[] =>
  linesOf(faultsIn(streamed(request, bytesOf(frames, style), [0])));

/** One of the ways in which the mutation can be done to that reply. */
function mutated({ ways }: Mutation, { events }: Reply, place: number): readonly Framed[] {
  const all = ways(framed(events));
  const chosen = all[place % all.length];
  fc.pre(chosen !== undefined);
  return chosen;
}

/** A reply of which every block is whole. */
const wholeReply = validReply.filter((reply) => !isCutShort(reply));

describe('A stream fails a check of level must when', () => {
  const cases = [
    ...loadBearing.map((mutation) => ({ mutation, replies: validReply })),
    ...[toolInput, signature].map((mutation) => ({ mutation, replies: wholeReply })),
  ];
  test.each(cases.map(({ mutation, replies }) => [mutation.name, mutation, replies] as const))('%s', (_, mutation, replies) => {
    fc.assert(
      fc.property(replies, fc.nat(), anyStyle, (reply, place, style) => {
        expect(judged(reply.request, mutated(mutation, reply, place), style)).not.toEqual([]);
      }),
      runs(25),
    );
  });
});

/** What happens to bytes on their way. */
const spoiled: Readonly<Record<string, (bytes: Uint8Array, style: Style) => Uint8Array>> = {
  'its last blank line is lost': (bytes, { ending }) => bytes.slice(0, -ending.length),
  'a byte of it is not UTF-8': (bytes) => bytes.with(bytes.lastIndexOf('"'.charCodeAt(0)) - 1, 0xff),
  'it ends with a [DONE] marker': (bytes) => Uint8Array.from([...bytes, ...Buffer.from('data: [DONE]\n\n')]),
  'nothing of it arrives': () => new Uint8Array(),
};

describe('A stream fails a check of level must when on the wire', () => {
  test.each(Object.entries(spoiled))('%s', (_, spoil) => {
    fc.assert(
      fc.property(validReply, anyStyle, ({ request, events }, style) => {
        const bytes = spoil(bytesOf(framed(events), style), style);
        expect(faultsIn(streamed(request, bytes, [0]))).not.toEqual([]);
      }),
      runs(25),
    );
  });
});

describe('A stream fails no check of level must for', () => {
  test.each(neutral.map((mutation) => [mutation.name, mutation] as const))('%s', (_, mutation) => {
    fc.assert(
      fc.property(validReply, fc.nat(), anyStyle, (reply, place, style) => {
        expect(judged(reply.request, mutated(mutation, reply, place), style)).toEqual([]);
      }),
      runs(25),
    );
  });
});
