/** The shape of usage. */
import { check, type GeneralCheck } from '../model/check.ts';
import { notApplicable, type Deviation, shown, verdictOf } from '../model/judgement.ts';
import { messages } from '../model/kinds.ts';
import { schemaDeviations } from '../problems.ts';
import { claudeCode, docs, sdkTypescript } from '../references.ts';
import { at, tokens } from '../reading.ts';
import { isJsonObject } from '../../spec/json.ts';

const probes = ['text', 'counting'];

export const shapeValid: GeneralCheck = check({
  id: 'usage.shape.valid',
  level: 'must',
  layer: 'schema',
  reads: messages,
  probes,
  after: ['messages.shape.valid', 'stream.schema.message-start', 'stream.schema.message-delta'],
  requirement: 'A reply has a usage with integer input_tokens and output_tokens.',
  covers: ['usage.present', 'usage.input-int', 'usage.output-int'],
  source: docs.messages,
  breaks: [claudeCode('calls the answer empty or malformed, and ends the turn with an error'), sdkTypescript('the tool runner throws')],
  fix: 'Count tokens in both modes; prompt_tokens and completion_tokens are of another protocol.',
  judge: ({ message }) =>
    verdictOf(schemaDeviations('message', message, ({ pointer }) => /^\/usage(\/(input|output)_tokens)?$/.test(pointer))),
});

/** A field of usage that may be absent or null, and is read where it is there; one of the words in `known`, where they are few. */
function optional(
  fields: readonly string[],
  meta: Pick<GeneralCheck, 'id' | 'requirement' | 'covers'> & Partial<Pick<GeneralCheck, 'level' | 'breaks' | 'why' | 'bugs' | 'fix'>>,
  known?: readonly string[],
): GeneralCheck {
  const place = new RegExp(`^/usage/(${fields.join('|')})(/|$)`);
  return check({
    level: 'should',
    layer: 'schema',
    reads: messages,
    probes,
    after: ['usage.shape.valid'],
    source: docs.sdkMessages,
    breaks: [],
    ...meta,
    judge: ({ message }) => {
      const usage = at(message, 'usage');
      if (!fields.some((field) => (at(usage, field) ?? null) !== null)) return notApplicable(`the usage has no ${fields.join(' or ')}`);
      const strange = fields.flatMap((field) => {
        const value = at(usage, field) ?? null;
        return known === undefined || value === null || known.some((word) => word === value)
          ? []
          : [{ pointer: `/usage/${field}`, expected: known.join(', '), found: shown(value) }];
      });
      return verdictOf([...schemaDeviations('message', message, ({ pointer }) => place.test(pointer)), ...strange]);
    },
  });
}

export const optionalFields: readonly GeneralCheck[] = [
  optional(['cache_creation_input_tokens', 'cache_read_input_tokens'], {
    id: 'usage.cache.counters-valid',
    level: 'must',
    requirement: 'cache_creation_input_tokens and cache_read_input_tokens are integers, null or absent.',
    covers: ['usage.cache-nullable'],
    breaks: [claudeCode('adds them up: its context meter shows NaN')],
  }),
  optional(['cache_creation'], {
    id: 'usage.cache-creation.valid',
    requirement: 'cache_creation is absent, null, or an object with a count for each lifetime.',
    covers: ['usage.cache-creation-object'],
    why: 'Costs of the two lifetimes differ, and are computed from it.',
  }),
  optional(['server_tool_use'], {
    id: 'usage.server-tool-use.valid',
    requirement: 'server_tool_use is absent, null, or an object with counts of searches and fetches.',
    covers: ['usage.server-tool-use'],
    breaks: [claudeCode('adds up web_search_requests')],
  }),
  optional(
    ['service_tier'],
    {
      id: 'usage.service-tier.valid',
      requirement: 'service_tier is absent, null, or standard, priority or batch.',
      covers: ['usage.service-tier'],
      why: 'Dashboards group costs by it.',
      fix: 'Not "auto" or "default": that is what a request asks for, or another protocol.',
    },
    ['standard', 'priority', 'batch'],
  ),
  optional(['inference_geo'], {
    id: 'usage.inference-geo.valid',
    level: 'may',
    requirement: 'inference_geo is absent, null, or a text.',
    covers: ['usage.inference-geo'],
    why: 'Where data was processed is shown to auditors.',
  }),
  optional(
    ['speed'],
    {
      id: 'usage.speed.valid',
      level: 'may',
      requirement: 'speed is absent, null, standard or fast.',
      covers: ['usage.speed'],
      why: 'Claude Code shows the fast mode by it, and computes its price.',
    },
    ['standard', 'fast'],
  ),
  optional(['output_tokens_details'], {
    id: 'usage.output-details.valid',
    level: 'may',
    requirement: 'output_tokens_details is absent, null, or an object with thinking_tokens.',
    covers: ['usage.output-details'],
    why: 'Programs show how much of a reply was thought.',
  }),
];

const parts = {
  level: 'should',
  layer: 'semantics',
  reads: messages,
  probes,
  breaks: [],
  why: 'Costs are computed from the parts and compared with the total.',
} as const;

export const lifetimesAddUp: GeneralCheck = check({
  ...parts,
  id: 'usage.cache-creation.adds-up',
  after: ['usage.shape.valid', 'usage.cache.counters-valid', 'usage.cache-creation.valid'],
  requirement: 'The tokens written to the cache for five minutes and for an hour add up to cache_creation_input_tokens.',
  covers: ['usage.cache-creation-object'],
  source: docs.caching,
  judge: ({ message }) => {
    const usage = at(message, 'usage');
    return isJsonObject(at(usage, 'cache_creation')) ? verdictOf(lifetimes(usage)) : notApplicable('the usage names no lifetimes');
  },
});

export const thinkingWithinOutput: GeneralCheck = check({
  ...parts,
  id: 'usage.output-details.within-output',
  level: 'may',
  after: ['usage.shape.valid', 'usage.output-details.valid'],
  requirement: 'Thinking tokens are part of the output tokens.',
  covers: ['usage.output-details'],
  source: docs.sdkMessages,
  judge: ({ message }) => {
    const usage = at(message, 'usage');
    const thinking = tokens(at(usage, 'output_tokens_details'), 'thinking_tokens');
    return thinking === undefined ? notApplicable('the usage names no thinking tokens') : verdictOf(excessOfThinking(usage, thinking));
  },
});

function lifetimes(usage: unknown): readonly Deviation[] {
  const byLifetime = at(usage, 'cache_creation');
  if (!isJsonObject(byLifetime)) return [];
  const sum = (tokens(byLifetime, 'ephemeral_5m_input_tokens') ?? 0) + (tokens(byLifetime, 'ephemeral_1h_input_tokens') ?? 0);
  const total = tokens(usage, 'cache_creation_input_tokens') ?? 0;
  return sum === total ? [] : [{ pointer: '/usage/cache_creation', expected: `parts of ${total} tokens`, found: shown(byLifetime) }];
}

function excessOfThinking(usage: unknown, thinking: number): readonly Deviation[] {
  const output = tokens(usage, 'output_tokens');
  if (output === undefined || thinking <= output) return [];
  return [{ pointer: '/usage/output_tokens_details/thinking_tokens', expected: `at most ${output}`, found: String(thinking) }];
}
