/** `thinking.display`: how much of its thinking a model shows. */
import type { JsonObject } from '../../spec/json.ts';
import { type Check, scenario } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { type Deviation, inconclusive, type Judgement, shown, verdictOf } from '../model/judgement.ts';
import { at, blocksOf, eventsOf, isAccepted, isCut } from '../reading.ts';
import { claudeCode, docs } from '../references.ts';

const common = { level: 'may', layer: 'semantics', source: docs.thinking, needs: ['thinking'] } as const;
const breaks = [claudeCode('shows thinking that its user has switched off')];

const omittedEmpty = scenario({
  ...common,
  id: 'thinking.display.omitted-empty',
  requirement: 'With display omitted a thinking block has an empty text and a signature.',
  covers: ['think.display.omitted'],
  breaks,
  fix: 'Keep the block with its signature, which clients send back, and leave out its text.',
  reads: { answer: 'thinking-display/omitted' },
  judge: ({ answer }) => judgeBlocks(answer, omittedDeviations),
});

const omittedStream = scenario({
  ...common,
  id: 'thinking.display.omitted-in-stream',
  requirement: 'With display omitted a stream has no thinking_delta with text, and one signature_delta in each thinking block.',
  covers: ['stream.delta.thinking-omitted', 'think.display.omitted'],
  breaks,
  reads: { answer: 'thinking-display/omitted-stream' },
  judge: ({ answer }) => {
    if (!isAccepted(answer)) return refused;
    const deltas = eventsOf(answer, 'content_block_delta');
    const told = deltas.filter(({ data }) => at(data, 'delta', 'type') === 'thinking_delta' && at(data, 'delta', 'thinking') !== '');
    if (told.length > 0)
      return verdictOf(
        told.map(({ frame, data }) => ({
          of: answer,
          frame,
          pointer: '/delta/thinking',
          expected: 'no text',
          found: shown(at(data, 'delta', 'thinking')),
        })),
      );
    return judgeBlocks(answer, (_, index) => {
      const signatures = deltas.filter(({ data }) => data['index'] === index && at(data, 'delta', 'type') === 'signature_delta').length;
      if (signatures === 1) return [];
      return [{ of: answer, expected: `one signature_delta for block ${index}`, found: String(signatures) }];
    });
  },
});

const summarizedText = scenario({
  ...common,
  id: 'thinking.display.summarized-text',
  requirement: 'With display summarized a thinking block has a text.',
  covers: ['think.display.summarized'],
  breaks: [claudeCode('shows no thinking although its user has switched it on')],
  reads: { answer: 'thinking-display/summarized' },
  judge: ({ answer }) =>
    judgeBlocks(answer, ({ thinking }, index) =>
      typeof thinking === 'string' && thinking !== ''
        ? []
        : [{ of: answer, pointer: `/content/${index}/thinking`, expected: 'a text', found: shown(thinking) }],
    ),
});

const refused = inconclusive('the server does not take this display');

/** Judges every thinking block but one that was cut, which may have neither text nor signature yet. */
function judgeBlocks(answer: Evidence, deviationsOf: (block: JsonObject, index: number) => readonly Deviation[]): Judgement {
  if (!isAccepted(answer)) return refused;
  const blocks = blocksOf(answer.message);
  const whole = blocks.flatMap((block, index) =>
    block['type'] !== 'thinking' || (isCut(answer) && index === blocks.length - 1) ? [] : [{ block, index }],
  );
  if (whole.length === 0) return inconclusive('the model did not think, or was cut while it did');
  return verdictOf(whole.flatMap(({ block, index }) => deviationsOf(block, index)));
}

function omittedDeviations({ thinking, signature }: JsonObject, index: number): readonly Deviation[] {
  const text = thinking === '' ? [] : [{ pointer: `/content/${index}/thinking`, expected: 'an empty text', found: shown(thinking) }];
  const isSigned = typeof signature === 'string' && signature !== '';
  return [...text, ...(isSigned ? [] : [{ pointer: `/content/${index}/signature`, expected: 'a signature', found: shown(signature) }])];
}

export const displayChecks: readonly Check[] = [omittedEmpty, omittedStream, summarizedText];
