// Damaged streams through the official SDK: wherever it throws or tells something else than was said, a check that fails says that it does.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checks } from '../../suites/catalogue.ts';
import { faultsIn, streamed } from '../properties/judged.fixture.ts';
import { loadBearing, signature, toolInput } from '../properties/mutations.fixture.ts';
import { isCutShort, type Reply, validReply } from '../properties/reply.fixture.ts';
import { runs } from '../properties/runs.fixture.ts';
import { anyStyle, bytesOf, chunkStarts, framed, type Framed, plainStyle } from '../properties/wire.fixture.ts';
import { type Replayed, replay, tellingOf } from './drive.fixture.ts';

const breaksSdk = new Set(checks.filter(({ breaks }) => breaks.some(({ client }) => client === 'sdk-typescript')).map(({ id }) => id));
const ofFrames = (frames: readonly Framed[]): Promise<Replayed> => replay({ bytes: bytesOf(frames, plainStyle) });

/** How the SDK fares worse with the damaged stream, in words; undefined where its user sees no difference. */
function harm(whole: Replayed, damaged: Replayed, sent: number): string | undefined {
  if ('error' in damaged.helper) return 'the helper throws';
  if (damaged.iterator.error !== undefined) return 'iterating throws';
  if (damaged.iterator.types.length < sent) return 'iterating loses an event without a word';
  if ('error' in whole.helper) return undefined;
  const same = JSON.stringify(tellingOf(damaged.helper.value)) === JSON.stringify(tellingOf(whole.helper.value));
  return same ? undefined : 'the helper tells something else without a word';
}

/** Which of the checks that fail say so; undefined where there is nothing to say. */
async function said(reply: Reply, frames: readonly Framed[]): Promise<string | undefined> {
  const harmed = harm(await ofFrames(framed(reply.events)), await ofFrames(frames), frames.length);
  if (harmed === undefined) return undefined;
  const failed = faultsIn(streamed(reply.request, bytesOf(frames, plainStyle), [0])).map(({ check }) => check);
  return failed.some((id) => breaksSdk.has(id)) ? undefined : `${harmed}, and nobody says so: ${failed.join(', ')}`;
}

describe('Where the SDK breaks, a failed check says so, when', () => {
  test.each([...loadBearing, toolInput, signature].map((mutation) => [mutation.name, mutation] as const))('%s', async (_, { ways }) => {
    await fc.assert(
      fc.asyncProperty(
        validReply.filter((reply) => !isCutShort(reply)),
        fc.nat(),
        async (reply, place) => {
          const all = ways(framed(reply.events));
          const frames = all[place % all.length];
          fc.pre(frames !== undefined);
          expect(await said(reply, frames)).toBeUndefined();
        },
      ),
      runs(8),
    );
  });
});

test('The SDK reads every stream that the API allows, however it is written and cut, as the same message', async () => {
  await fc.assert(
    fc.asyncProperty(validReply, anyStyle, async ({ request: _request, events }, style) => {
      const plain = await ofFrames(framed(events));
      const bytes = bytesOf(framed(events), style);
      const styled = await replay({ bytes, chunks: chunkStarts(bytes, style) });
      expect(plain.helper).toHaveProperty('value');
      expect(styled.helper).toEqual(plain.helper);
    }),
    runs(60),
  );
});
