import { expect, test } from 'vitest';
import { addedTokens, using } from '../added-tokens.fixture.ts';
import type { Evidence } from '../model/evidence.ts';
import { fixtureMessage, jsonEvidence, refusalEvidence } from '../model/evidence.fixture.ts';
import { badInputExamples } from '../errors/bad-input.fixture.ts';
import { refusalsOf } from '../errors/bad-input-tables.ts';
import { describeExamples } from '../model/examples.fixture.ts';
import type { LadderOptions, ProbeRequest } from '../model/probe.ts';
import { systemWord, systemWordProbe } from '../probes/system-word.ts';
import { tokens } from '../reading.ts';
import { variantExamples } from '../variants.fixture.ts';
import { checks } from './index.ts';
import { systemMessages } from './messages.ts';

const good = jsonEvidence(fixtureMessage);
const saying = (text: string): Evidence => jsonEvidence({ ...fixtureMessage, content: [{ type: 'text', text }] });
const refusing = (status: number, message: string, type = 'invalid_request_error'): Evidence =>
  refusalEvidence(status, { type: 'error', error: { type, message } });
const unclear = refusing(400, 'no');

describeExamples(checks, {
  ...badInputExamples(refusalsOf('system')),
  'system.prompt.adds-tokens': addedTokens,
  'system.prompt.blocks-add-tokens': addedTokens,
  'system.prompt.reaches-model': {
    passes: { 'a reply with the word': { asked: saying(`It is ${systemWord}.`), control: using(9), variant: using(9) } },
    fails: { 'a prompt that adds nothing': [{ asked: saying('Hello.'), control: using(9), variant: using(9) }, '9'] },
    open: {
      'a weak model': [
        { asked: saying('Hello.'), control: using(9), variant: using(20) },
        'the reply does not say the word of the system prompt; a weak model may not',
      ],
      'a refusal': [{ asked: unclear, control: using(9), variant: using(9) }, 'the request was not accepted'],
    },
  },
  ...variantExamples(systemMessages),
  'system.message.not-dropped': addedTokens,
  'system.message.refused-cleanly': {
    passes: { 'a 400': { control: good, variant: unclear } },
    fails: {
      'a template that throws': [{ control: good, variant: refusing(500, 'jinja', 'api_error') }, '500 api_error'],
      'an answer of a web framework': [{ control: good, variant: refusalEvidence(422, { detail: [] }) }, '422 without an error type'],
    },
    open: {
      'a server that takes them': [{ control: good, variant: good }, 'the server accepts system messages'],
      'a refusal of both': [{ control: unclear, variant: unclear }, 'the same request without the defect was not accepted (400)'],
    },
  },
  'system.message.refusal-names-role': {
    passes: {
      'a message about the role': { control: good, variant: refusing(400, "messages.1.role: Input should be 'user' or 'assistant'") },
      'an answer of a web framework': { control: good, variant: refusalEvidence(422, { detail: [{ loc: ['messages', 1, 'role'] }] }) },
    },
    fails: { 'another message': [{ control: good, variant: unclear }, '"no"'] },
    open: {
      'a server that takes them': [{ control: good, variant: good }, 'the server accepts system messages'],
      'a refusal of both': [{ control: unclear, variant: unclear }, 'the same request without it was not accepted either'],
      'a server error': [{ control: good, variant: refusing(500, 'jinja', 'api_error') }, 'the answer is no refusal (500)'],
    },
  },
});

test('the word is asked for until it is said, at the declared cost', async () => {
  let requests: readonly ProbeRequest[] = [];
  let until: LadderOptions['until'] | undefined;
  await systemWordProbe.run({
    model: 'tiny',
    modelsPath: '/v1/models',
    send: () => Promise.reject(new Error('it only climbs')),
    sdk: () => Promise.reject(new Error('it has no use for the SDK')),
    ladder: (step, rungs, options) => {
      expect(systemWordProbe.steps).toEqual([step]);
      requests = rungs;
      until = options.until;
      return Promise.resolve(good);
    },
  });
  expect(systemWordProbe.cost).toEqual({
    requests: requests.length,
    outputTokens: requests.reduce((sum, { json }) => sum + (tokens(json, 'max_tokens') ?? 0), 0),
  });
  expect([until?.(saying(`The password is ${systemWord}`)), until?.(good)]).toEqual([true, false]);
});
