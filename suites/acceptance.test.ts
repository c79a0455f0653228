import { describe, expect, test } from 'vitest';
import { judgeAcceptance } from './acceptance.ts';
import { fixtureEvents, fixtureMessage, jsonEvidence, refusalEvidence, streamEvidence } from './model/evidence.fixture.ts';

const good = jsonEvidence(fixtureMessage);
const refused = refusalEvidence(400, { type: 'error', error: { type: 'invalid_request_error', message: 'no' } });

describe('a request that must be accepted', () => {
  test.each([
    ['a Message', good],
    ['a Message with faults, which other checks report', jsonEvidence({ role: 'assistant', content: 'Hello.' })],
    ['a stream of one', streamEvidence(fixtureEvents)],
    ['a count', jsonEvidence({ input_tokens: 0 }, { endpoint: 'count-tokens' })],
    ['a list of models', jsonEvidence({ data: [] }, { endpoint: 'models' })],
    ['a model', jsonEvidence({ id: 'tiny' }, { endpoint: 'model' })],
    ['anything, of a route that is not ours', jsonEvidence({ ok: true }, { endpoint: 'other' })],
  ])('passes as %s', (_, variant) => {
    expect(judgeAcceptance(good, variant)).toEqual({ outcome: 'pass' });
  });

  test.each([
    ['JSON of another kind', jsonEvidence({ ok: true }), 'a Message'],
    ['a chat completion', jsonEvidence({ object: 'chat.completion', choices: [] }), 'a Message'],
    ['a stream that tells of no message', streamEvidence([{ type: 'error', error: { type: 'api_error', message: 'no' } }]), 'a Message'],
    ['no count', jsonEvidence({ ok: true }, { endpoint: 'count-tokens' }), 'a count'],
    ['no list', jsonEvidence({ ok: true }, { endpoint: 'models' }), 'a list of models'],
    ['no model', jsonEvidence({ ok: true }, { endpoint: 'model' }), 'a model'],
  ])('is not shown to be by a 200 with %s', (_, variant, what) => {
    expect(judgeAcceptance(good, variant)).toEqual({ outcome: 'inconclusive', reason: `answered 200, but without ${what}` });
  });

  test('fails as a refusal, where its control was accepted', () => {
    expect(judgeAcceptance(good, refused)).toMatchObject({ outcome: 'fail', deviations: [{ found: '400 invalid_request_error' }] });
    expect(judgeAcceptance(refused, refused)).toMatchObject({ outcome: 'inconclusive' });
  });
});
