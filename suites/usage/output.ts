/** Output tokens: a running total that fits the reply and its limit. */
import { check, type GeneralCheck, scenario, type ScenarioCheck } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { type Deviation, fail, inconclusive, notApplicable, pass, shown, verdictOf } from '../model/judgement.ts';
import { completeStreams, messages } from '../model/kinds.ts';
import { claudeCode, docs } from '../references.ts';
import { at, blocksOf, eventsOf, isAccepted, tokens, wholeText } from '../reading.ts';

const probes = ['text', 'counting'];
const after = ['usage.shape.valid'];

const outputOf = ({ message }: Evidence): number | undefined => tokens(at(message, 'usage'), 'output_tokens');
const limitOf = ({ request }: Evidence): number | undefined => tokens(request.json, 'max_tokens');

export const outputPositive: GeneralCheck = check({
  id: 'usage.output.positive',
  level: 'should',
  layer: 'semantics',
  reads: messages,
  probes,
  after,
  requirement: 'A reply that says something has more than 0 output tokens.',
  covers: ['usage.output-positive'],
  source: docs.messages,
  breaks: [claudeCode('shows 0 tokens and no cost')],
  bugs: ['vercel/ai#17326', 'litellm#24176'],
  judge: (evidence) => {
    // The count at the start is not the final one, which an error has forestalled.
    if (eventsOf(evidence, 'error').length > 0) return notApplicable('the stream reports an error');
    const output = outputOf(evidence);
    if (output === undefined) return notApplicable('the usage has no output_tokens');
    const says = blocksOf(evidence.message).some(({ type, text }) => type !== 'text' || text !== '');
    if (!says) return notApplicable('the reply says nothing');
    return output > 0 ? pass : fail({ pointer: '/usage/output_tokens', expected: 'more than 0', found: '0' });
  },
});

/** A stop token may be counted although it is no part of the reply. */
const tolerance = 1;

export const outputWithinLimit: GeneralCheck = check({
  id: 'usage.output.within-max-tokens',
  level: 'should',
  layer: 'semantics',
  reads: messages,
  probes,
  after,
  requirement: 'A reply has no more output tokens than max_tokens allows.',
  covers: ['usage.output-at-most-max'],
  source: docs.messages,
  breaks: [],
  why: 'max_tokens is how callers bound time and cost.',
  judge: (evidence) => {
    const [output, limit] = [outputOf(evidence), limitOf(evidence)];
    if (output === undefined || limit === undefined) return notApplicable('the usage has no output_tokens');
    if (output <= limit + tolerance) return pass;
    return fail({ pointer: '/usage/output_tokens', expected: `at most ${limit}`, found: String(output) });
  },
});

export const outputFillsLimit: GeneralCheck = check({
  id: 'usage.output.fills-limit-when-cut',
  level: 'should',
  layer: 'semantics',
  reads: messages,
  probes: ['counting'],
  after: [...after, 'usage.output.within-max-tokens'],
  requirement: 'A reply that max_tokens cut has as many output tokens as were allowed.',
  covers: ['usage.output-eq-max-when-truncated'],
  source: docs.stopReasons,
  breaks: [],
  why: 'Either the reply was not cut there, or the tokens are not counted as they are limited.',
  judge: (evidence) => {
    const [output, limit] = [outputOf(evidence), limitOf(evidence)];
    if (evidence.stopReason !== 'max_tokens') return notApplicable('max_tokens did not cut the reply');
    if (output === undefined || limit === undefined) return notApplicable('the usage has no output_tokens');
    if (output >= limit - tolerance) return pass;
    return fail({ pointer: '/usage/output_tokens', expected: String(limit), found: String(output) });
  },
});

export const outputNotDecreasing: GeneralCheck = check({
  id: 'usage.output.not-decreasing',
  level: 'must',
  layer: 'semantics',
  reads: completeStreams,
  probes,
  after,
  requirement: 'output_tokens never falls from message_start to the last message_delta.',
  covers: ['stream.msgdelta.usage-cumulative'],
  source: docs.streaming,
  breaks: [claudeCode('counts too few output tokens: the last value is taken for the total')],
  fix: 'Send totals; a client must not have to add anything up.',
  judge: (evidence) => {
    const counts = countsOf(evidence);
    if (counts.length < 2) return notApplicable('the stream counts output tokens only once');
    return verdictOf(counts.flatMap((count, n) => fallFrom(counts[n - 1], count)));
  },
});

interface Count extends Pick<Deviation, 'frame' | 'pointer'> {
  readonly count: number;
}

function countsOf(evidence: Evidence): readonly Count[] {
  return eventsOf(evidence).flatMap(({ type, frame, data }) => {
    const path = type === 'message_start' ? ['message', 'usage'] : type === 'message_delta' ? ['usage'] : undefined;
    const count = path === undefined ? undefined : tokens(at(data, ...path), 'output_tokens');
    return path === undefined || count === undefined ? [] : [{ frame, count, pointer: `/${path.join('/')}/output_tokens` }];
  });
}

function fallFrom(before: Count | undefined, { count, ...place }: Count): readonly Deviation[] {
  return before === undefined || count >= before.count
    ? []
    : [{ ...place, expected: `at least ${before.count}, as before`, found: shown(count) }];
}

/** No tokenizer writes this many characters of prose with two tokens. */
const manyCharacters = 100;

export const outputIsTotal: ScenarioCheck = scenario({
  id: 'usage.output.is-total',
  level: 'must',
  layer: 'semantics',
  reads: { stream: 'long-stream/stream' },
  after,
  requirement: 'The last output_tokens of a stream counts the whole reply, not the last piece of it.',
  covers: ['stream.msgdelta.usage-cumulative'],
  source: docs.streaming,
  breaks: [claudeCode('counts next to no output tokens')],
  judge: ({ stream }) => {
    const output = outputOf(stream);
    if (!isAccepted(stream) || output === undefined) return inconclusive('the stream has no output_tokens');
    const isLong = stream.stopReason === 'max_tokens' || wholeText(stream.message).length >= manyCharacters;
    if (output > 2) return pass;
    if (!isLong) return inconclusive('the reply is too short to tell');
    const place = eventsOf(stream, 'message_delta').at(-1)?.frame;
    const found = `${output} for ${wholeText(stream.message).length} characters`;
    return fail({
      ...(place === undefined ? {} : { frame: place }),
      pointer: '/usage/output_tokens',
      expected: 'all tokens of the reply',
      found,
    });
  },
});
