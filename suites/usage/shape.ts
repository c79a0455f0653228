/** The shape of usage. */
import { check, type GeneralCheck } from '../model/check.ts';
import { notApplicable, type Deviation, shown, verdictOf } from '../model/judgement.ts';
import { messages } from '../model/kinds.ts';
import { schemaDeviations } from '../problems.ts';
import { claudeCode, docs, sdkTypescript } from '../references.ts';
import { at, tokens } from '../reading.ts';
import { isJsonObject } from '../../spec/json.ts';

const probes = ['text', 'counting'];

/** The counters that every client adds up. */
const isCounter = (pointer: string): boolean =>
  /^\/usage(\/(input_tokens|output_tokens|cache_creation_input_tokens|cache_read_input_tokens))?$/.test(pointer);

export const shapeValid: GeneralCheck = check({
  id: 'usage.shape.valid',
  level: 'must',
  layer: 'schema',
  reads: messages,
  probes,
  after: ['messages.shape.valid', 'stream.schema.message-start', 'stream.schema.message-delta'],
  requirement: 'A reply has a usage with integer input_tokens and output_tokens; its cache counters are integers, null or absent.',
  covers: ['usage.present', 'usage.input-int', 'usage.output-int', 'usage.cache-nullable'],
  source: docs.messages,
  breaks: [claudeCode('calls the answer empty or malformed, and ends the turn with an error'), sdkTypescript('the tool runner throws')],
  fix: 'Count tokens in both modes; prompt_tokens and completion_tokens are of another protocol.',
  judge: ({ message }) => verdictOf(schemaDeviations('message', message, ({ pointer }) => isCounter(pointer))),
});

export const optionalFieldsValid: GeneralCheck = check({
  id: 'usage.optional-fields.valid',
  level: 'should',
  layer: 'schema',
  reads: messages,
  probes,
  after: ['usage.shape.valid'],
  requirement: 'The other fields of usage are absent, null, or of the type that the API documents.',
  covers: [
    'usage.cache-creation-object',
    'usage.server-tool-use',
    'usage.service-tier',
    'usage.inference-geo',
    'usage.speed',
    'usage.output-details',
  ],
  source: docs.sdkMessages,
  breaks: [],
  why: 'Dashboards and typed clients read them wherever they are there.',
  judge: ({ message }) => {
    const usage = at(message, 'usage');
    if (!isJsonObject(usage)) return notApplicable('the reply has no usage');
    return verdictOf(schemaDeviations('message', message, ({ pointer }) => pointer.startsWith('/usage/') && !isCounter(pointer)));
  },
});

export const partsFitTotals: GeneralCheck = check({
  id: 'usage.parts.fit-totals',
  level: 'should',
  layer: 'semantics',
  reads: messages,
  probes,
  after: ['usage.shape.valid', 'usage.optional-fields.valid'],
  requirement: 'Tokens written to the cache add up over their lifetimes, and thinking tokens are part of the output tokens.',
  covers: ['usage.cache-creation-object', 'usage.output-details'],
  source: docs.caching,
  breaks: [],
  why: 'Costs are computed from the parts and compared with the total.',
  judge: ({ message }) => {
    const usage = at(message, 'usage');
    const byLifetime = at(usage, 'cache_creation');
    const thinking = tokens(at(usage, 'output_tokens_details'), 'thinking_tokens');
    if (!isJsonObject(byLifetime) && thinking === undefined) return notApplicable('the usage names no parts');
    return verdictOf([...lifetimes(usage), ...excessOfThinking(usage, thinking)]);
  },
});

function lifetimes(usage: unknown): readonly Deviation[] {
  const byLifetime = at(usage, 'cache_creation');
  if (!isJsonObject(byLifetime)) return [];
  const sum = (tokens(byLifetime, 'ephemeral_5m_input_tokens') ?? 0) + (tokens(byLifetime, 'ephemeral_1h_input_tokens') ?? 0);
  const total = tokens(usage, 'cache_creation_input_tokens') ?? 0;
  return sum === total ? [] : [{ pointer: '/usage/cache_creation', expected: `parts of ${total} tokens`, found: shown(byLifetime) }];
}

function excessOfThinking(usage: unknown, thinking: number | undefined): readonly Deviation[] {
  const output = tokens(usage, 'output_tokens');
  if (thinking === undefined || output === undefined || thinking <= output) return [];
  return [{ pointer: '/usage/output_tokens_details/thinking_tokens', expected: `at most ${output}`, found: String(thinking) }];
}
