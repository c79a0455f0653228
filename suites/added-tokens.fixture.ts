/** Examples for checks that compare the input tokens of two requests. */
import type { Evidence } from './model/evidence.ts';
import { fixtureMessage, jsonEvidence, refusalEvidence } from './model/evidence.fixture.ts';
import type { Examples } from './model/examples.fixture.ts';

/** A reply that used so many input tokens. */
export function using(input: number, more: Readonly<Record<string, unknown>> = {}): Evidence {
  return jsonEvidence({ ...fixtureMessage, usage: { input_tokens: input, output_tokens: 1, ...more } });
}

const refused = refusalEvidence(400, { type: 'error', error: { type: 'invalid_request_error', message: 'no' } });
const broken = refusalEvidence(500, 'Internal Server Error');

const open: Examples['open'] = {
  'a refusal': [{ control: using(9), variant: refused }, 'the server refuses it (400)'],
  'a server error': [{ control: using(9), variant: broken }, 'the request was not answered'],
  'a control that was refused': [{ control: refused, variant: using(9) }, 'the same request without it was not accepted'],
  'a usage without input tokens': [
    { control: using(9), variant: jsonEvidence({ ...fixtureMessage, usage: {} }) },
    'the usage has no input_tokens',
  ],
};

/** For a part that must reach the model. */
export const addedTokens: Examples = {
  passes: {
    'more tokens': { control: using(9), variant: using(12) },
    'more tokens, most of them cached': { control: using(9), variant: using(2, { cache_read_input_tokens: 10 }) },
  },
  fails: { 'as many tokens': [{ control: using(9), variant: using(9) }, '9'] },
  open,
};

/** For what no model sees. */
export const sameTokens: Examples = {
  passes: {
    'as many tokens': { control: using(9), variant: using(9) },
    'as many tokens, some of them cached': {
      control: using(9),
      variant: using(1, { cache_creation_input_tokens: 3, cache_read_input_tokens: 5 }),
    },
  },
  fails: { 'cached tokens counted twice': [{ control: using(9), variant: using(9, { cache_creation_input_tokens: 5 }) }, '14'] },
  open,
};
