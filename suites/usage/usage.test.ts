import type { Evidence } from '../model/evidence.ts';
import { fixtureEvents as events, fixtureMessage, jsonEvidence, refusalEvidence, streamEvidence } from '../model/evidence.fixture.ts';
import { describeExamples } from '../model/examples.fixture.ts';
import { checks } from './index.ts';

const good = jsonEvidence(fixtureMessage);
const stream = streamEvidence(events);
const refused = refusalEvidence(400, { type: 'error', error: { type: 'invalid_request_error', message: 'no' } });
const usage = (used: unknown, patch: Readonly<Record<string, unknown>> = {}): Evidence =>
  jsonEvidence({ ...fixtureMessage, ...patch, usage: used });

/** A stream with these counts in message_start and in its message_deltas. */
const counting = (atStart: Readonly<Record<string, unknown>>, ...deltas: readonly Readonly<Record<string, unknown>>[]): Evidence =>
  streamEvidence(
    events
      .toSpliced(
        5,
        1,
        ...deltas.map((used) => ({ type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: used })),
      )
      .with(0, { type: 'message_start', message: { ...fixtureMessage, content: [], stop_reason: null, usage: atStart } }),
  );
const start = { input_tokens: 9, output_tokens: 1 };

const story = (outputTokens: number, said: string, reason: string): Evidence => {
  const told = { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: said } };
  const end = { type: 'message_delta', delta: { stop_reason: reason, stop_sequence: null }, usage: { output_tokens: outputTokens } };
  return streamEvidence(events.with(5, end).toSpliced(2, 2, told));
};

const written = usage({ input_tokens: 9, cache_creation_input_tokens: 1000, output_tokens: 1 });

describeExamples(checks, {
  'usage.shape.valid': {
    passes: {
      'a usage': good,
      'the fold of a stream': stream,
      'cache counters that are null': usage({ ...start, cache_read_input_tokens: null }),
    },
    fails: {
      'no usage': [usage(undefined), 'nothing'],
      'counts of another protocol': [usage({ prompt_tokens: 9, completion_tokens: 4 }), 'nothing'],
      'a fraction': [usage({ input_tokens: 9.5, output_tokens: 4 }), '9.5'],
    },
  },
  'usage.cache.counters-valid': {
    passes: { 'a count and null': usage({ ...start, cache_creation_input_tokens: null, cache_read_input_tokens: 7 }) },
    fails: {
      'a text': [usage({ ...start, cache_read_input_tokens: '0' }), '"0"'],
      'less than 0': [usage({ ...start, cache_read_input_tokens: -1 }), '-1'],
    },
    open: { 'no counters': [good, 'the usage has no cache_creation_input_tokens or cache_read_input_tokens'] },
  },
  'usage.cache-creation.valid': {
    passes: { 'two lifetimes': usage({ ...start, cache_creation: { ephemeral_5m_input_tokens: 1, ephemeral_1h_input_tokens: 2 } }) },
    fails: { 'a number': [usage({ ...start, cache_creation: 3 }), '3'] },
    open: { null: [usage({ ...start, cache_creation: null }), 'the usage has no cache_creation'] },
  },
  'usage.server-tool-use.valid': {
    passes: { counts: usage({ ...start, server_tool_use: { web_search_requests: 1, web_fetch_requests: 0 } }) },
    fails: { 'a number of uses': [usage({ ...start, server_tool_use: 3 }), '3'] },
    open: { nothing: [good, 'the usage has no server_tool_use'] },
  },
  'usage.service-tier.valid': {
    passes: { standard: usage({ ...start, service_tier: 'standard' }) },
    fails: { 'a tier of another API': [usage({ ...start, service_tier: 'default' }), '"default"'] },
    open: { nothing: [good, 'the usage has no service_tier'] },
  },
  'usage.inference-geo.valid': {
    passes: { 'a region': usage({ ...start, inference_geo: 'eu' }) },
    fails: { 'a number': [usage({ ...start, inference_geo: 1 }), '1'] },
    open: { nothing: [good, 'the usage has no inference_geo'] },
  },
  'usage.speed.valid': {
    passes: { fast: usage({ ...start, speed: 'fast' }) },
    fails: { 'tokens per second': [usage({ ...start, speed: 41.5 }), '41.5'] },
    open: { nothing: [good, 'the usage has no speed'] },
  },
  'usage.output-details.valid': {
    passes: { thinking: usage({ ...start, output_tokens_details: { thinking_tokens: 1 } }) },
    fails: { 'a text': [usage({ ...start, output_tokens_details: { thinking_tokens: 'some' } }), '"some"'] },
    open: { nothing: [good, 'the usage has no output_tokens_details'] },
  },
  'usage.cache-creation.adds-up': {
    passes: {
      'parts that add up': usage({
        ...start,
        cache_creation_input_tokens: 3,
        cache_creation: { ephemeral_5m_input_tokens: 1, ephemeral_1h_input_tokens: 2 },
      }),
    },
    fails: {
      'parts of another sum': [
        usage({ ...start, cache_creation: { ephemeral_5m_input_tokens: 1, ephemeral_1h_input_tokens: 2 } }),
        '{"ephemeral_5m_input_tokens":1,"ephemeral_1h_input_tokens":2}',
      ],
    },
    open: { 'no parts': [good, 'the usage names no lifetimes'] },
  },
  'usage.output-details.within-output': {
    passes: { 'some thinking': usage({ ...start, output_tokens_details: { thinking_tokens: 1 } }) },
    fails: { 'more thinking than output': [usage({ ...start, output_tokens_details: { thinking_tokens: 2 } }), '2'] },
    open: { 'no thinking': [good, 'the usage names no thinking tokens'] },
  },
  'usage.input.tools-counted': {
    passes: { 'more for tools': { without: good, with: usage({ input_tokens: 200, output_tokens: 1 }) } },
    fails: { 'the same with tools': [{ without: good, with: good }, '9'] },
    open: {
      'a refusal': [{ without: good, with: refused }, 'a request was refused'],
      'no counts': [{ without: good, with: usage(null) }, 'the usage has no input_tokens'],
    },
  },
  'usage.cache.total-unchanged': {
    passes: {
      'a cached prompt': { first: written, second: usage({ input_tokens: 9, cache_read_input_tokens: 1000, output_tokens: 1 }) },
      'no cache': { first: good, second: good },
    },
    fails: {
      'cached tokens counted twice': [
        { first: written, second: usage({ input_tokens: 1009, cache_read_input_tokens: 1000, output_tokens: 1 }) },
        '2009',
      ],
    },
    open: {
      'a refusal': [{ first: good, second: refused }, 'a request was refused'],
      'no counts': [{ first: good, second: usage(null) }, 'the usage has no input_tokens'],
    },
  },
  'usage.cache.read-on-repeat': {
    passes: { 'a cached prompt': { first: written, second: usage({ input_tokens: 9, cache_read_input_tokens: 1000, output_tokens: 1 }) } },
    fails: { 'a prompt that is written again': [{ first: written, second: written }, '0'] },
    open: {
      'no cache': [{ first: good, second: good }, 'the server reports no caching, or this prompt is too short for it'],
      'a refusal': [{ first: refused, second: good }, 'a request was refused'],
    },
  },
  'usage.input.positive': {
    passes: { 'a count': good, 'a prompt from the cache': usage({ input_tokens: 0, output_tokens: 1, cache_read_input_tokens: 9 }) },
    fails: { nothing: [usage({ input_tokens: 0, output_tokens: 4 }), '0'] },
    open: { 'no usage': [usage(null), 'the usage has no input_tokens'] },
  },
  'usage.input.known-at-start': {
    passes: {
      'a count at the start': stream,
      'the same count again at the end': counting(start, { input_tokens: 9, output_tokens: 4 }),
      'the same count, from the cache': counting(start, { input_tokens: 0, cache_read_input_tokens: 9, output_tokens: 4 }),
    },
    fails: { 'a count at the end': [counting({ input_tokens: 0, output_tokens: 0 }, { input_tokens: 9, output_tokens: 4 }), '0'] },
  },
  'usage.input.grows-with-prompt': {
    passes: { 'more for more': { short: good, long: usage({ input_tokens: 90, output_tokens: 1 }) } },
    fails: { 'the same for more': [{ short: good, long: good }, '9'] },
    open: {
      'a refusal': [{ short: good, long: refused }, 'a request was refused'],
      'no counts': [{ short: good, long: usage(null) }, 'the usage has no input_tokens'],
    },
  },
  'usage.output.positive': {
    passes: { 'a count': good },
    fails: { 'nothing for a text': [usage({ input_tokens: 9, output_tokens: 0 }), '0'] },
    open: {
      'an empty reply': [usage({ input_tokens: 9, output_tokens: 0 }, { content: [] }), 'the reply says nothing'],
      'a stream that an error ended': [
        streamEvidence([...events.slice(0, 4), { type: 'error', error: { type: 'overloaded_error', message: 'busy' } }]),
        'the stream reports an error',
      ],
    },
  },
  'usage.output.within-max-tokens': {
    passes: { less: good, 'one more, the stop token': usage({ input_tokens: 9, output_tokens: 33 }) },
    fails: { 'much more': [usage({ input_tokens: 9, output_tokens: 64 }), '64'] },
  },
  'usage.output.fills-limit-when-cut': {
    passes: { 'all of it': usage({ input_tokens: 9, output_tokens: 32 }, { stop_reason: 'max_tokens' }) },
    fails: { 'a part of it': [usage({ input_tokens: 9, output_tokens: 1 }, { stop_reason: 'max_tokens' }), '1'] },
    open: { 'a normal end': [good, 'max_tokens did not cut the reply'] },
  },
  'usage.output.not-decreasing': {
    passes: { 'a total': stream, 'two totals': counting(start, { output_tokens: 2 }, { output_tokens: 4 }) },
    fails: {
      'less than at the start': [counting(start, { output_tokens: 0 }), '0'],
      'an increment': [counting(start, { output_tokens: 5 }, { output_tokens: 3 }), '3'],
    },
  },
  'usage.output.is-total': {
    passes: { 'a total': { stream: story(64, 'Once upon a time', 'max_tokens') } },
    fails: {
      'one token for a reply that was cut': [{ stream: story(1, 'Once upon a time', 'max_tokens') }, '1 for 16 characters'],
      'two tokens for a long text': [{ stream: story(2, 'dragon '.repeat(20), 'end_turn') }, '2 for 140 characters'],
    },
    open: { 'a short reply': [{ stream: story(2, 'No.', 'end_turn') }, 'the reply is too short to tell'] },
  },
});
