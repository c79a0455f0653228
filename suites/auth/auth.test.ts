import { fixtureMessage, jsonEvidence, refusalEvidence } from '../model/evidence.fixture.ts';
import { describeExamples } from '../model/examples.fixture.ts';
import { checks } from './index.ts';

const accepted = jsonEvidence(fixtureMessage);
const refused = refusalEvidence(401, { type: 'error', error: { type: 'authentication_error', message: 'invalid key' } });
const forbidden = refusalEvidence(403, { type: 'error', error: { type: 'permission_error', message: 'no' } });
const invalid = refusalEvidence(400, { type: 'error', error: { type: 'invalid_request_error', message: 'messages: is required' } });
const missingRoute = refusalEvidence(404, { type: 'error', error: { type: 'not_found_error', message: 'no such path' } });
const wrongStatus = refusalEvidence(400, { type: 'error', error: { type: 'authentication_error', message: 'no key' } });
const on = { missing: refused, wrong: refused };
const off = { missing: accepted, wrong: accepted };
const isOff = 'the server answers without a key: authentication is off';

const notAsBearer = 'the key is not accepted as Bearer at all';

const key = {
  passes: { 'a key that is taken where others are refused': { ...on, keyed: accepted, base: accepted } },
  fails: { 'a key that is refused in this header only': [{ ...on, keyed: refused, base: accepted }, '401 authentication_error'] },
  open: {
    'a server without authentication': [{ ...off, keyed: accepted, base: accepted }, isOff],
    'a key that is wrong altogether': [{ ...on, keyed: refused, base: refused }, 'the run itself is not accepted with its key'],
  },
} as const;

describeExamples(checks, {
  'auth.key.x-api-key': key,
  'auth.key.bearer': key,
  'auth.key.bearer-scheme-case': {
    ...key,
    open: { ...key.open, 'a key that is wrong altogether': [{ ...on, keyed: refused, base: refused }, notAsBearer] },
  },
  'auth.key.both-headers': key,
  'auth.key.either-header': {
    ...key,
    open: { ...key.open, 'a key that is wrong altogether': [{ ...on, keyed: refused, base: refused }, notAsBearer] },
  },
  'auth.refusal.missing-key': {
    passes: { 'a 401': on },
    fails: {
      'a 403': [{ missing: forbidden, wrong: refused }, '403 permission_error'],
      'a 400': [{ missing: wrongStatus, wrong: refused }, '400 authentication_error'],
      'an answer, where a wrong key is refused': [{ missing: accepted, wrong: refused }, '200'],
    },
    open: { 'a server without authentication': [off, isOff] },
  },
  'auth.refusal.wrong-key': {
    passes: { 'a 401': on },
    fails: { 'an answer, where a missing key is refused': [{ missing: refused, wrong: accepted }, '200'] },
    open: { 'a server without authentication': [off, isOff] },
  },
  'auth.refusal.before-validation': {
    passes: { 'a 401 for an invalid body': { ...on, invalid, unkeyed: refused } },
    fails: { 'a 400 for an invalid body': [{ ...on, invalid, unkeyed: invalid }, '400 invalid_request_error'] },
    open: {
      'a server without authentication': [{ ...off, invalid, unkeyed: invalid }, isOff],
      'a server that takes the invalid body': [
        { ...on, invalid: accepted, unkeyed: refused },
        'with a key the invalid body is answered 200, not 400',
      ],
    },
  },
  'auth.refusal.all-routes': {
    passes: {
      'a 401 on each': { ...on, models: refused, count: refused },
      'a route that is not there': { ...on, models: refused, count: missingRoute },
    },
    fails: { 'an open models list': [{ ...on, models: jsonEvidence({ data: [] }, { endpoint: 'models' }), count: refused }, '200'] },
    open: { 'a server without authentication': [{ ...off, models: accepted, count: accepted }, isOff] },
  },
});
