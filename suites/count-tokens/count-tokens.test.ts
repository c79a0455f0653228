import type { Evidence } from '../model/evidence.ts';
import { fixtureMessage, jsonEvidence, refusalEvidence } from '../model/evidence.fixture.ts';
import { describeExamples } from '../model/examples.fixture.ts';
import { checks } from './index.ts';

const route = { endpoint: 'count-tokens', path: '/v1/messages/count_tokens' } as const;
const answer = (body: unknown): Evidence => jsonEvidence(body, route);
const count = (tokens: number): Evidence => answer({ input_tokens: tokens });
const error = (type: string) => ({ type: 'error', error: { type, message: 'no' } });
const notFound = refusalEvidence(404, error('not_found_error'), route);
const refused = refusalEvidence(400, error('invalid_request_error'), route);
const used = (usage: unknown): Evidence => jsonEvidence({ ...fixtureMessage, usage });

const acceptance = {
  passes: { 'a count': { control: count(9), variant: count(9) } },
  fails: { 'a refusal': [{ control: count(9), variant: refused }, '400 invalid_request_error'] },
} as const;

const refusal = {
  passes: { 'a 400': { control: count(9), mutant: refused } },
  fails: {
    'a count': [{ control: count(9), mutant: count(0) }, '200, it was accepted'],
    'another status': [{ control: count(9), mutant: refusalEvidence(500, error('api_error'), route) }, '500 api_error'],
  },
  open: {
    'a refused control': [{ control: notFound, mutant: notFound }, 'the same request without the defect was not accepted (404)'],
  },
} as const;

/** The same, taking that many milliseconds. */
const took = (end: number, evidence: Evidence): Evidence => ({
  ...evidence,
  exchange: { ...evidence.exchange, timing: { sent: 0, headers: 1, firstByte: 1, end } },
});

const more = {
  passes: { 'a larger count': { base: count(9), variant: count(10) } },
  fails: {
    'the same count': [{ base: count(9), variant: count(9) }, '9'],
    'a smaller count': [{ base: count(9), variant: count(8) }, '8'],
    'a refusal': [{ base: count(9), variant: refused }, '400 invalid_request_error'],
  },
  open: { 'no such route': [{ base: notFound, variant: notFound }, 'the base was not counted (404)'] },
} as const;

const optional = {
  passes: { 'a larger count': { base: count(9), variant: count(400) } },
  fails: { 'a block that is ignored': [{ base: count(9), variant: count(9) }, '9'] },
  open: { 'a clean refusal': [{ base: count(9), variant: refused }, 'it is refused'] },
} as const;

const same = {
  passes: { 'the same count': { base: count(9), variant: count(9) } },
  fails: { 'another count': [{ base: count(9), variant: count(10) }, '10'] },
  open: { 'an answer without a count': [{ base: count(9), variant: answer({}) }, 'the variation was answered without a count'] },
} as const;

describeExamples(checks, {
  'count-tokens.shape.valid': {
    passes: { 'a count': count(9), 'a field more': answer({ input_tokens: 9, context_management: null }) },
    fails: {
      'an answer of another API': [answer({ error: 'Unexpected endpoint' }), 'nothing'],
      'a text': [answer({ input_tokens: '9' }), '"9"'],
      'a fraction': [answer({ input_tokens: 9.5 }), '9.5'],
    },
  },
  'count-tokens.value.positive': {
    passes: { 'a count': count(9) },
    fails: { none: [count(0), '0'] },
    open: { 'an empty prompt': [jsonEvidence({ input_tokens: 0 }, { ...route, request: { messages: [] } }), 'the prompt is empty'] },
  },
  'count-tokens.route.beta-query': acceptance,
  'count-tokens.request.tool-history': acceptance,
  ...Object.fromEntries(checks.filter(({ id }) => id.startsWith('count-tokens.request.')).map(({ id }) => [id, acceptance])),
  'count-tokens.request.effort': {
    passes: { ...acceptance.passes, 'a clean refusal': { control: count(9), variant: refused } },
    fails: { 'a fault': [{ control: count(9), variant: refusalEvidence(500, 'Oops', route) }, '500 without an error envelope'] },
  },
  ...Object.fromEntries(checks.filter(({ id }) => /^count-tokens\.(refusal|version)\./.test(id)).map(({ id }) => [id, refusal])),
  'count-tokens.refusal.model-unknown': {
    passes: { 'a 404': { control: count(9), mutant: notFound } },
    fails: { 'a count': [{ control: count(9), mutant: count(9) }, '200, it was accepted'] },
  },
  'count-tokens.time.no-generation': {
    passes: {
      'a quick count': { message: took(100, jsonEvidence(fixtureMessage)), count: took(200, count(9)) },
      'a slow machine': { message: took(9000, jsonEvidence(fixtureMessage)), count: took(2000, count(9)) },
    },
    fails: {
      'a reply that is thrown away': [{ message: took(9000, jsonEvidence(fixtureMessage)), count: took(9500, count(9)) }, '9500 ms'],
    },
    open: { 'a refusal': [{ message: refused, count: took(9500, count(9)) }, 'a request was refused'] },
  },
  'count-tokens.value.longer-text': more,
  'count-tokens.value.more-turns': more,
  'count-tokens.value.system': more,
  'count-tokens.value.tools': more,
  'count-tokens.value.repeatable': same,
  'count-tokens.value.string-equals-block': same,
  'count-tokens.value.cache-control': same,
  'count-tokens.value.system-string-equals-block': same,
  'count-tokens.value.every-system-block': more,
  'count-tokens.value.every-block': more,
  'count-tokens.value.every-tool': more,
  'count-tokens.value.tool-descriptions': more,
  'count-tokens.value.tool-results': more,
  'count-tokens.value.proportional': {
    passes: { 'ten times as many': { base: count(60), variant: count(560) }, 'a long template': { base: count(100), variant: count(550) } },
    fails: {
      'a count of messages': [{ base: count(60), variant: count(60) }, '60'],
      'a square': [{ base: count(60), variant: count(6000) }, '6000'],
    },
  },
  'count-tokens.value.image': optional,
  'count-tokens.value.document': optional,
  'count-tokens.value.thinking-prior': {
    passes: { 'thinking that counts': { base: count(9), variant: count(30) }, 'thinking left out': { base: count(9), variant: count(9) } },
    fails: { 'a turn left out': [{ base: count(9), variant: count(7) }, '7'] },
    open: { 'a signature that is not ours': [{ base: count(9), variant: refused }, 'it is refused'] },
  },
  'count-tokens.value.close-to-usage': {
    passes: {
      'ten tokens apart': { count: count(60), message: used({ input_tokens: 50, output_tokens: 1 }) },
      'cached tokens that count too': {
        count: count(500),
        message: used({ input_tokens: 10, cache_read_input_tokens: 500, output_tokens: 1 }),
      },
    },
    fails: { 'eleven tokens apart': [{ count: count(61), message: used({ input_tokens: 50, output_tokens: 1 }) }, '61'] },
    open: {
      'no usage': [{ count: count(9), message: used(null) }, 'the message does not tell its input tokens'],
      'no such route': [{ count: notFound, message: used({ input_tokens: 9 }) }, 'the prompt was not counted (404)'],
    },
  },
  'count-tokens.value.close-to-usage-with-tools': {
    passes: { 'ten tokens apart': { count: count(160), message: used({ input_tokens: 150, output_tokens: 1 }) } },
    fails: { 'a count without the tools': [{ count: count(50), message: used({ input_tokens: 150, output_tokens: 1 }) }, '50'] },
  },
});
