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
  const cases = [...loadBearing.map((mutation) => ({ mutation, replies: validReply })), ...[toolInput, signature].map((mutation) => ({ mutation, replies: wholeReply }))];
  test.each(cases.map(({ mutation, replies }) => [mutation.name, mutation, replies] as const))('%s', (_, mutation, replies) => {
    fc.assert(
      fc.property(replies, fc.nat(), anyStyle, (reply, place, style) => {
        expect(judged(reply.request, mutated(mutation, reply, place), style)).not.toEqual([]);
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
