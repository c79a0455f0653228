import { expect, test } from 'vitest';
import { fixtureMessage, jsonEvidence, refusalEvidence } from '../model/evidence.fixture.ts';
import { judged } from '../model/examples.fixture.ts';
import { checks } from './index.ts';

const counted = jsonEvidence({ input_tokens: 7 }, { endpoint: 'count-tokens' });
const refused = refusalEvidence(400, { type: 'error', error: { type: 'invalid_request_error', message: 'thinking.type: no' } });
const answered = jsonEvidence(fixtureMessage);
const subject = checks.find(({ id }) => id === 'count-tokens.request.thinking');

test('a model that does not think need not count thinking', () => {
  if (subject === undefined) throw new Error('no such check');
  expect(judged(subject, { control: counted, variant: refused, message: refused })).toEqual({
    outcome: 'inconclusive',
    reason: 'the model does not take it in a message either',
  });
  expect(judged(subject, { control: counted, variant: refused, message: answered }).outcome).toBe('fail');
  expect(judged(subject, { control: counted, variant: counted, message: answered }).outcome).toBe('pass');
});
