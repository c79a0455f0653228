import type { Evidence } from '../model/evidence.ts';
import { fixtureMessage, jsonEvidence, refusalEvidence } from '../model/evidence.fixture.ts';
import { badInputExamples } from '../errors/bad-input.fixture.ts';
import { describeExamples, type Examples } from '../model/examples.fixture.ts';
import { outOfScopeRows } from './out-of-scope.ts';
import { checks } from './index.ts';

const error = (type: string, details?: object) => ({ type: 'error', error: { type, message: 'no', ...(details && { details }) } });
const accepted = jsonEvidence(fixtureMessage);
const refused = refusalEvidence(400, error('invalid_request_error'));
const failure = refusalEvidence(500, error('api_error'));

const as = (address: string, evidence: Evidence): Evidence => {
  const [probe = '', step = ''] = address.split('/');
  return { ...evidence, steps: [{ address, probe, step, attempt: 1, last: true, exchange: 'x1' }] };
};

const acceptance: Examples = {
  passes: { 'a request taken like its control': { control: accepted, variant: accepted } },
  fails: { 'a request refused unlike its control': [{ control: accepted, variant: refused }, '400 invalid_request_error'] },
  open: {
    'a request refused like its control': [
      { control: refused, variant: refused },
      'the same request without it was not accepted either (400 invalid_request_error)',
    ],
  },
};

const cleanAnswer = (address: string): Examples => ({
  passes: { 'an answer': as(address, accepted), 'a 400': as(address, refused) },
  fails: {
    'an internal error': [as(address, failure), '500 api_error'],
    'a refusal of another API': [as(address, refusalEvidence(422, { detail: [] })), '422 without an error type'],
  },
});

const threadRefusal = refusalEvidence(400, error('invalid_request_error', { error_code: 'thread_unsupported_request' }));

describeExamples(checks, {
  'beta.header.absent': {
    passes: { 'an answer': { without: accepted, named: accepted } },
    fails: { 'a server that wants a name': [{ without: refused, named: accepted }, '400 invalid_request_error'] },
    open: { 'a server that refuses both': [{ without: refused, named: refused }, 'the request is refused with beta names too'] },
  },
  'beta.header.empty': acceptance,
  'beta.header.repeated': acceptance,
  'beta.header.retired-names': acceptance,
  'beta.header.unknown-answered': {
    passes: { 'an answer': as('beta/unknown', accepted), 'a 400': as('beta/unknown', refused) },
    fails: {
      'an internal error': [as('beta/unknown', failure), '500 api_error'],
      'a 404': [as('beta/unknown', refusalEvidence(404, error('not_found_error'))), '404 not_found_error'],
    },
  },
  'beta.header.agent-names': acceptance,
  'beta.header.agent-names-stream': acceptance,
  ...badInputExamples(checks.filter(({ id }) => id === 'beta.field.without-name')),
  'beta.thread.create-answered': cleanAnswer('thread/create'),
  'beta.thread.unknown-refused': {
    passes: {
      'a 400': as('thread/continue-unknown', refused),
      'a 404': as('thread/continue-unknown', refusalEvidence(404, error('not_found_error'))),
    },
    fails: {
      'an answer without the conversation': [as('thread/continue-unknown', accepted), '200: the thread was ignored'],
      'an internal error': [as('thread/continue-unknown', failure), '500 api_error'],
    },
  },
  'beta.thread.refusal-recoverable': {
    passes: { 'the code that the tool runner knows': as('thread/create', threadRefusal) },
    fails: { 'a refusal without it': [as('thread/create', refused), 'nothing'] },
    open: {
      'a server with threads': [as('thread/create', accepted), 'threads are not refused'],
      'an internal error': [as('thread/create', failure), 'no refusal to read: 500 api_error'],
    },
  },
  ...Object.fromEntries(
    outOfScopeRows
      .filter(({ area }) => area === 'beta.optional-field')
      .map(({ area, step }) => [`${area}.${step}`, cleanAnswer(`out-of-scope/${step}`)]),
  ),
});
