import { fixtureMessage, jsonEvidence, refusalEvidence } from '../model/evidence.fixture.ts';
import { describeExamples, type Examples } from '../model/examples.fixture.ts';
import { variantChecks } from '../variants.ts';
import { badInputExamples } from './bad-input.fixture.ts';
import { limitChecks } from './limits.ts';
import { nearMisses } from './near-misses.ts';
import { optionalTurnChecks } from './optional-turns.ts';
import { severalCheck } from './several.ts';
import { sizeCheck } from './size.ts';
import { thinkingHistoryChecks } from './thinking-history.ts';

const error = (type: string, more: object = {}) => ({ type: 'error', error: { type, message: 'max_tokens: must be an integer' }, ...more });
const accepted = jsonEvidence(fixtureMessage);
const refused = refusalEvidence(400, error('invalid_request_error'));
const unknown = refusalEvidence(404, error('not_found_error'));
const broken = refusalEvidence(500, error('api_error'));
const page = refusalEvidence(413, '<html>', { headers: [['content-type', 'text/html']] });
const uncontrolled = 'the same request without the defect was not accepted (400)';

const refusal: Examples = {
  passes: { 'a 400': { control: accepted, mutant: refused } },
  fails: {
    'an answer': [{ control: accepted, mutant: accepted }, '200, it was accepted'],
    'a 500': [{ control: accepted, mutant: broken }, '500 api_error'],
  },
  open: { 'a refused control': [{ control: refused, mutant: refused }, uncontrolled] },
};

describeExamples(thinkingHistoryChecks, badInputExamples(thinkingHistoryChecks));

describeExamples(limitChecks, {
  'errors.in.max-tokens-over-model': refusal,
  'errors.in.prompt-too-long': refusal,
  'errors.in.model-retired': {
    ...refusal,
    passes: { 'a 404': { control: accepted, mutant: unknown }, 'a 400': { control: accepted, mutant: refused } },
  },
});

describeExamples([severalCheck], {
  'errors.envelope.one-error': {
    passes: {
      'one error': { control: accepted, several: refused },
      'one error with details': {
        control: accepted,
        several: refusalEvidence(400, {
          type: 'error',
          error: { type: 'invalid_request_error', message: 'x', details: { error_code: 'y' } },
        }),
      },
    },
    fails: {
      'an answer': [{ control: accepted, several: accepted }, '200, it was accepted'],
      'a list beside the error': [
        { control: accepted, several: refusalEvidence(400, error('invalid_request_error', { errors: [1, 2] })) },
        '{"type":"error","error":{"type":"invalid_request_error","message":"max_tokens: must be an integer"},"errors":[1,2]}',
      ],
      'a list inside the error': [
        { control: accepted, several: refusalEvidence(400, { type: 'error', error: { type: 'invalid_request_error', details: [] } }) },
        '{"type":"error","error":{"type":"invalid_request_error","details":[]}}',
      ],
    },
    open: { 'a refused control': [{ control: refused, several: refused }, uncontrolled] },
  },
});

describeExamples([sizeCheck], {
  'errors.status.too-large-is-413': {
    passes: {
      'the documented type': { large: refusalEvidence(413, error('request_too_large')) },
      'the type that the SDK knows': { large: refusalEvidence(413, error('invalid_request_error')) },
    },
    fails: {
      'the page of a gateway': [{ large: page }, '413 without an error type'],
      'an internal error': [{ large: broken }, '500 api_error'],
    },
    open: { 'a server that reads it': [{ large: refused }, 'a body of 4 MiB is read (400)'] },
  },
});

const handled: Examples = {
  passes: { 'an answer': { control: accepted, variant: accepted }, 'a clean refusal': { control: accepted, variant: refused } },
  fails: { 'an internal error': [{ control: accepted, variant: broken }, '500 api_error'] },
  open: {
    'a server that answers nothing': [{ control: broken, variant: broken }, 'the same request without it was not accepted either'],
  },
};

describeExamples(optionalTurnChecks, {
  'errors.in.prefill-unsupported': handled,
  'errors.in.system-role-unsupported': handled,
});

const taken: Examples = {
  passes: { 'an answer': { control: accepted, variant: accepted } },
  fails: { 'a refusal': [{ control: accepted, variant: refused }, '400 invalid_request_error'] },
  open: {
    'a server that answers nothing': [
      { control: broken, variant: broken },
      'the same request without it was not accepted either (500 api_error)',
    ],
  },
};

describeExamples(variantChecks(nearMisses), {
  'errors.near-miss.blank-beside-text': taken,
  'errors.near-miss.longest-user-id': taken,
});
