import { errorTypes } from '../../spec/index.ts';
import type { Evidence } from '../model/evidence.ts';
import { fixtureEvents, fixtureMessage, fixtureRequest, jsonEvidence, refusalEvidence, streamEvidence } from '../model/evidence.fixture.ts';
import { describeExamples } from '../model/examples.fixture.ts';
import { envelopeChecks } from './envelope.ts';
import { answersToPlain } from './kinds.ts';
import { jsonChecks } from './json.ts';
import { messageChecks } from './message.ts';
import { statusChecks } from './status.ts';
import { expect, test } from 'vitest';

const error = (type: string, message = 'max_tokens: must be an integer') => ({
  type: 'error',
  error: { type, message },
  request_id: 'req_01',
});
const accepted = jsonEvidence(fixtureMessage);
const refused = refusalEvidence(400, error('invalid_request_error'));
const openai = { error: { message: 'bad', type: 'invalid_request_error', param: null, code: null } };
const stray = { endpoint: 'other', method: 'GET', path: '/v1/no-such-path' } as const;
const invalid = { validity: 'invalid' } as const;
const asked = (evidence: Evidence): Evidence => ({ ...evidence, request: { ...evidence.request, stream: true } });
const countRefusal = (status: number, body: unknown): Evidence => ({ ...refusalEvidence(status, body, invalid), endpoint: 'count-tokens' });
const plain = { validity: 'valid' } as const;
const fixtureTurns = [{ role: 'user', content: 'Hi' }] as const;
const eventStream = { headers: [['content-type', 'text/event-stream']] } as const;
const [messageStart = {}] = fixtureEvents;

describeExamples(envelopeChecks, {
  'errors.body.is-json': {
    passes: {
      'the envelope': refusalEvidence(404, error('not_found_error'), stray),
      'JSON of another shape': refusalEvidence(404, { detail: 'Not Found' }, stray),
    },
    fails: {
      'a page of HTML': [refusalEvidence(404, '<html>', { ...stray, headers: [['content-type', 'text/html']] }), '404 with text/html'],
    },
  },
  'errors.envelope.not-foreign': {
    passes: { 'the envelope': refused, 'an envelope with a fault of its own': refusalEvidence(400, { type: 'error' }) },
    fails: {
      'an error of OpenAI': [
        refusalEvidence(400, openai),
        'OpenAI: {"error":{"message":"bad","type":"invalid_request_error","param":null,"code":null}}',
      ],
      'an older error of OpenAI': [
        refusalEvidence(400, { object: 'error', message: 'bad' }),
        'OpenAI, flat: {"object":"error","message":"bad"}',
      ],
      'an error of FastAPI': [refusalEvidence(422, { detail: [{ loc: ['body'] }] }), 'FastAPI: {"detail":[{"loc":["body"]}]}'],
      'a bare message': [refusalEvidence(400, { error: 'bad' }), 'a bare message: {"error":"bad"}'],
      'no object': [refusalEvidence(400, ['bad']), 'no object: ["bad"]'],
    },
  },
  'errors.envelope.outer-type': {
    passes: { 'the envelope': refused },
    fails: { 'an envelope without it': [refusalEvidence(400, { error: { type: 'invalid_request_error', message: 'bad' } }), 'nothing'] },
  },
  'errors.envelope.error-object': {
    passes: { 'the envelope': refused },
    fails: {
      'an empty message': [refusalEvidence(400, error('invalid_request_error', '')), '""'],
      'a type that is no string': [refusalEvidence(400, { type: 'error', error: { type: 400, message: 'bad' } }), '400'],
    },
  },
  'errors.envelope.request-id': {
    passes: { 'the id of the header': refused },
    fails: {
      'another id': [refusalEvidence(400, { ...error('invalid_request_error'), request_id: 'req_02' }), '"req_02"'],
      'no id beside that of the header': [refusalEvidence(400, { ...error('invalid_request_error'), request_id: null }), 'nothing'],
    },
    open: {
      'an id without a header': [refusalEvidence(400, error('invalid_request_error'), { headers: [] }), 'there is no request-id header'],
      'no id at all': [refusalEvidence(400, { type: 'error', error: {} }, { headers: [] }), 'there is no request-id header'],
    },
  },
  'errors.envelope.details': {
    passes: { 'a code': refusalEvidence(400, { type: 'error', error: { details: { error_code: 'tool_name_conflict' } } }) },
    fails: {
      'a text': [refusalEvidence(400, { type: 'error', error: { details: 'more' } }), '"more"'],
      'a number as code': [refusalEvidence(400, { type: 'error', error: { details: { error_code: 7 } } }), '7'],
    },
    open: { 'no details': [refused, 'no details'] },
  },
});

describeExamples(statusChecks, {
  'errors.type.matches-status': {
    passes: {
      ...Object.fromEntries(errorTypes.map(({ status, type }) => [`${status} ${type}`, refusalEvidence(status, error(type))])),
      '422 invalid_request_error': refusalEvidence(422, error('invalid_request_error')),
    },
    fails: {
      'a 400 that is an api_error': [refusalEvidence(400, error('api_error')), 'api_error'],
      'a 400 with a type of its own': [refusalEvidence(400, error('BadRequestError')), 'BadRequestError'],
      'a 404 that is an invalid request': [refusalEvidence(404, error('invalid_request_error')), 'invalid_request_error'],
    },
    open: { 'an overload as 503': [refusalEvidence(503, error('overloaded_error')), 'the documentation has no error type for 503'] },
  },
  'errors.type.known': {
    passes: { 'a documented type': refused },
    fails: { 'a type of its own': [refusalEvidence(503, error('busy_error')), 'busy_error'] },
  },
  'errors.status.no-5xx-on-bad-input': {
    passes: {
      'a 400': refusalEvidence(400, error('invalid_request_error'), invalid),
      'a server that takes it': jsonEvidence(fixtureMessage, invalid),
    },
    fails: { 'a 500': [refusalEvidence(500, error('api_error'), invalid), 'status 500'] },
    open: {
      'an overload': [refusalEvidence(529, error('overloaded_error'), invalid), 'the server was overloaded (529)'],
      'a server without count_tokens': [countRefusal(501, error('not_implemented')), 'answered 501: the route may be missing'],
    },
  },
  'errors.status.no-5xx-on-valid': {
    passes: {
      'an answer': jsonEvidence(fixtureMessage, plain),
      'a refusal, which other checks judge': refusalEvidence(400, error('invalid_request_error'), plain),
    },
    fails: {
      'a 500': [refusalEvidence(500, error('api_error'), plain), 'status 500'],
      'a 502': [refusalEvidence(502, error('api_error'), plain), 'status 502'],
    },
    open: { 'an overload': [refusalEvidence(503, error('overloaded_error'), plain), 'the server was overloaded (503)'] },
  },
  'errors.status.invalid-is-400': {
    passes: { 'a 400': refusalEvidence(400, error('invalid_request_error'), invalid) },
    fails: {
      'a 422': [refusalEvidence(422, error('invalid_request_error'), invalid), 'status 422'],
      'a 404': [refusalEvidence(404, error('not_found_error'), invalid), 'status 404'],
    },
    open: {
      'a server without count_tokens': [countRefusal(404, error('not_found_error')), 'answered 404: the route may be missing'],
      'a missing key': [refusalEvidence(401, error('authentication_error'), invalid), 'answered 401, which is no verdict on the body'],
      'a 500, which another check reports': [
        refusalEvidence(500, error('api_error'), invalid),
        'answered 500, which is no verdict on the body',
      ],
      'a server that takes it': [jsonEvidence(fixtureMessage, invalid), 'answered 200, which is no verdict on the body'],
    },
  },
  'errors.status.not-200': {
    passes: { 'a message': accepted, 'a message with error: null': jsonEvidence({ ...fixtureMessage, error: null }) },
    fails: {
      'an envelope': [jsonEvidence({ type: 'error' }), '200 with {"type":"error"}'],
      'an error of another API': [jsonEvidence({ error: 'Unexpected endpoint' }), '200 with {"error":"Unexpected endpoint"}'],
    },
  },
  'errors.stream.refused-as-json': {
    passes: { 'a JSON refusal': asked(refused) },
    fails: {
      'an error event for an invalid request': [streamEvidence([error('invalid_request_error')], invalid), '200 and an error event'],
      'a 400 as an event stream': [asked(refusalEvidence(400, error('invalid_request_error'), eventStream)), 'text/event-stream'],
    },
    open: { 'an error event for a valid request': [streamEvidence([error('api_error')]), 'the request was valid'] },
  },
});

test.each([
  ['one turn', {}, true],
  ['a system prompt of blocks', { system: [{ type: 'text', text: 'Be brief.' }] }, true],
  ['a tool', { tools: [{ name: 'a', input_schema: { type: 'object' } }] }, false],
  ['a parameter', { temperature: 1 }, false],
  ['an image', { messages: [{ role: 'user', content: [{ type: 'image', source: { type: 'url', url: 'https://a.example' } }] }] }, false],
  ['a prefill', { messages: [...fixtureTurns, { role: 'assistant', content: 'Well,' }] }, false],
  ['a system message', { messages: [...fixtureTurns, { role: 'system', content: 'Be brief.' }, ...fixtureTurns] }, false],
])('a request with %s is plain: %j %s', (_, more, isPlain) => {
  const evidence = refusalEvidence(500, error('api_error'), { ...plain, request: { ...fixtureRequest, ...more } });
  expect(answersToPlain.matches(evidence)).toBe(isPlain);
  expect(answersToPlain.matches({ ...evidence, preflight: true })).toBe(false);
});

test('errors in the middle of a stream are no refusals', () => {
  const check = statusChecks.find(({ id }) => id === 'errors.stream.refused-as-json');
  const midway = streamEvidence([messageStart, error('overloaded_error')], invalid);
  expect(check?.kind === 'general' && check.reads.matches(midway)).toBe(false);
});

const missing = refusalEvidence(400, error('invalid_request_error', 'messages: is required'));
const role = refusalEvidence(400, error('invalid_request_error', 'messages.0.role: must be one of user, assistant'));

describeExamples(messageChecks, {
  'errors.message.names-field': {
    passes: {
      'messages that name it': { maxTokens: refused, messages: missing, role },
      'one mistake that was taken': { maxTokens: accepted, messages: missing, role },
    },
    fails: {
      'a message that says nothing': [
        { maxTokens: refusalEvidence(400, error('invalid_request_error', 'Bad Request')), messages: missing, role },
        '"Bad Request"',
      ],
    },
    open: {
      'a server that takes everything': [
        { maxTokens: accepted, messages: accepted, role: accepted },
        'none of the mistakes was answered 400',
      ],
    },
  },
  'errors.message.no-stack-trace': {
    passes: { 'a sentence': refused },
    fails: {
      'a trace of Python': [
        refusalEvidence(500, error('api_error', 'Traceback (most recent call last):\n  File "a.py"')),
        String.raw`"Traceback (most recent call last):\n  File \"a.py\""`,
      ],
      'a trace of Node': [
        refusalEvidence(500, error('api_error', 'TypeError: x\n    at f (/srv/a.js:3:7)')),
        String.raw`"TypeError: x\n    at f (/srv/a.js:3:7)"`,
      ],
    },
    open: { 'no message': [refusalEvidence(500, { type: 'error' }), 'no message'] },
  },
  'errors.message.no-dump': {
    passes: {
      'a sentence': refused,
      'a sentence with quotes and braces': refusalEvidence(400, error('invalid_request_error', "role: must be 'user', in {}")),
    },
    fails: {
      'a dict of Python': [
        refusalEvidence(400, error('invalid_request_error', "[{'type': 'literal_error', 'loc': ('body', 'role')}]")),
        String.raw`"[{'type': 'literal_error', 'loc': ('body', 'role')}]"`,
      ],
      'an object of Python': [
        refusalEvidence(500, error('api_error', 'cannot read <vllm.Request object at 0x7f00>')),
        '"cannot read <vllm.Request object at 0x7f00>"',
      ],
      'a class of Python': [refusalEvidence(400, error('invalid_request_error', "got <class 'int'>")), `"got <class 'int'>"`],
    },
    open: { 'no message': [refusalEvidence(500, { type: 'error' }), 'no message'] },
  },
});

const refusal = {
  passes: { 'a 400': { control: accepted, mutant: refused } },
  fails: {
    'an answer': [{ control: accepted, mutant: accepted }, '200, it was accepted'],
    'a 422': [{ control: accepted, mutant: refusalEvidence(422, error('invalid_request_error')) }, '422 invalid_request_error'],
    'a 500': [{ control: accepted, mutant: refusalEvidence(500, error('api_error')) }, '500 api_error'],
  },
  open: { 'a refused control': [{ control: refused, mutant: refused }, 'the same request without the defect was not accepted (400)'] },
} as const;

describeExamples(jsonChecks, { 'errors.json.malformed': refusal, 'errors.json.not-object': refusal, 'errors.json.empty': refusal });
