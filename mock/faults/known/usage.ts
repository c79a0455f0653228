/** Faults of usage: counters that are missing, of the wrong type, wrong, or counted twice. */
import { ignores } from '../acting.ts';
import { putBody, putUsage } from '../body-edits.ts';
import { fault, type KnownFault } from '../fault.ts';
import { allFaults } from '../reply-faults.ts';
import { spoiled, type Spoiled } from '../spoiling.ts';
import { put } from '../stream-edits.ts';
import { all, has, mentions, plain } from '../touching.ts';
import { countPlain, countStream, helloPlain, storyStream } from './stream-targets.ts';

/** Fields of usage that are optional, and a value that is none of theirs. */
const strange = (
  [
    ['cache-tokens-text', 'cache_read_input_tokens', '0', 'usage.cache.counters-valid'],
    ['cache-creation-number', 'cache_creation', 0, 'usage.cache-creation.valid'],
    ['server-tool-use-number', 'server_tool_use', 0, 'usage.server-tool-use.valid'],
    ['service-tier-default', 'service_tier', 'default', 'usage.service-tier.valid'],
    ['inference-geo-list', 'inference_geo', ['us'], 'usage.inference-geo.valid'],
    ['speed-number', 'speed', 42.5, 'usage.speed.valid'],
    ['output-details-number', 'output_tokens_details', 0, 'usage.output-details.valid'],
  ] as const
).map(([id, field, value, check]): Spoiled => ({
  id,
  sentence: `${field} of usage is ${JSON.stringify(value)}.`,
  trips: [check],
  spoils: putBody(`/usage/${field}`, value),
}));

/** A prompt that comes twice, marked for the cache. */
const lighthouse = all(plain, mentions('The lighthouse keeper'), has('/system/0/cache_control'));

const rows: readonly Spoiled[] = [
  { id: 'no-usage', sentence: 'A reply has no usage.', trips: ['usage.shape.valid'], spoils: putBody('/usage', undefined) },
  {
    id: 'openai-usage',
    sentence: 'The usage of a reply counts prompt_tokens and completion_tokens.',
    trips: ['usage.shape.valid', 'messages.fields.known'],
    spoils: putBody('/usage', { prompt_tokens: 13, completion_tokens: 8, total_tokens: 21 }),
  },
  ...strange,
  {
    id: 'cache-lifetimes-off',
    sentence: 'The tokens written to the cache are counted by lifetime, and not in their total.',
    trips: ['usage.cache-creation.adds-up'],
    spoils: putBody('/usage/cache_creation', { ephemeral_5m_input_tokens: 9, ephemeral_1h_input_tokens: 0 }),
  },
  {
    id: 'thinking-beside-output',
    sentence: 'Thinking tokens are not part of the output tokens.',
    trips: ['usage.output-details.within-output'],
    spoils: putBody('/usage/output_tokens_details', { thinking_tokens: 100 }),
  },
  {
    id: 'input-zero',
    sentence: 'Input tokens are not counted: a reply has 0.',
    imitates: ['vercel/ai#17326', 'litellm#24176', 'mlx-node#45'],
    trips: ['usage.input.positive'],
    spoils: putUsage('input_tokens', 0),
  },
  {
    id: 'input-zero-at-start',
    sentence: 'message_start has 0 input tokens, and message_delta the real number.',
    imitates: ['vllm#29971', 'sglang#20678'],
    trips: ['usage.input.known-at-start'],
    touches: countStream,
    spoils: put({ type: 'message_start' }, '/message/usage/input_tokens', 0),
  },
  {
    id: 'input-zero-at-end',
    sentence: 'message_start has the real number of input tokens, and message_delta 0.',
    trips: ['usage.input.known-at-start', 'usage.input.positive'],
    touches: countStream,
    spoils: put({ type: 'message_delta' }, '/usage/input_tokens', 0),
  },
  {
    id: 'input-cached-at-end',
    sentence: 'message_start counts all of the prompt, message_delta only what was not in the cache.',
    imitates: ['vllm#49456'],
    trips: ['usage.input.known-at-start'],
    touches: countStream,
    spoils: put({ type: 'message_delta' }, '/usage/input_tokens', 5),
  },
  {
    id: 'input-constant',
    sentence: 'Every prompt has the same number of input tokens.',
    imitates: ['CLIProxyAPI#679', 'litellm#37102'],
    trips: ['usage.input.grows-with-prompt'],
    touches: all(plain, mentions('The cat sat on the mat.')),
    spoils: putUsage('input_tokens', 10),
  },
  {
    id: 'output-zero',
    sentence: 'Output tokens are not counted: a reply has 0.',
    imitates: ['vercel/ai#17326', 'litellm#24176'],
    trips: ['usage.output.positive', 'parity.usage.same-output'],
    touches: helloPlain,
    spoils: putUsage('output_tokens', 0),
  },
  {
    id: 'output-over-limit',
    sentence: 'A reply is billed for more tokens than max_tokens allows.',
    trips: ['usage.output.within-max-tokens'],
    spoils: putUsage('output_tokens', 30),
  },
  {
    id: 'output-words',
    sentence: 'Words are counted as output tokens.',
    trips: ['usage.output.fills-limit-when-cut'],
    spoils: putUsage('output_tokens', 4),
  },
  {
    id: 'output-falls',
    sentence: 'message_start promises more output tokens than message_delta counts.',
    trips: ['usage.output.not-decreasing'],
    touches: countStream,
    spoils: put({ type: 'message_start' }, '/message/usage/output_tokens', 50),
  },
  {
    id: 'output-last-piece',
    sentence: 'message_delta counts the last piece of a stream only.',
    trips: ['usage.output.is-total', 'usage.output.fills-limit-when-cut'],
    touches: storyStream,
    spoils: put({ type: 'message_delta' }, '/usage/output_tokens', 1),
  },
  {
    id: 'cache-never-read',
    sentence: 'A prompt is written to the cache each time that it comes, and never read from it.',
    trips: ['usage.cache.read-on-repeat'],
    touches: lighthouse,
    spoils: allFaults(
      putBody('/usage/cache_creation_input_tokens', 1600),
      putBody('/usage/cache_creation/ephemeral_5m_input_tokens', 1600),
    ),
  },
];

export const usageFaults: readonly KnownFault[] = [
  ...spoiled({ layer: 'json', touches: countPlain }, rows),
  fault({
    id: 'cached-counted-twice',
    sentence: 'Tokens that were read from the cache are counted as input tokens, too.',
    layer: 'json',
    imitates: ['sglang#25876'],
    trips: ['usage.cache.total-unchanged'],
    touches: lighthouse,
    act: () => {
      let replies = 0;
      const countTwice = putBody('/usage/cache_read_input_tokens', 1600);
      return {
        says: (reply, request) => {
          replies += 1;
          return replies === 1 ? reply : countTwice(reply, request);
        },
      };
    },
  }),
  fault({
    id: 'tools-not-counted',
    sentence: 'Tool definitions are left out of the prompt, and so of the input tokens.',
    layer: 'behaviour',
    trips: ['usage.input.tools-counted'],
    mayTrip: { 'count-tokens.value.close-to-usage-with-tools': 'The count has them.' },
    touches: all(plain, mentions('rainy afternoon'), has('/tools')),
    act: ignores('/tools'),
  }),
];
