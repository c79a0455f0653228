/** Examples for the checks of a table: what each must say of an answer is known from its outcome. */
import { fixtureMessage, jsonEvidence, refusalEvidence } from './model/evidence.fixture.ts';
import type { Examples } from './model/examples.fixture.ts';
import type { VariantTable } from './variants.ts';

const good = jsonEvidence(fixtureMessage);
const refused = refusalEvidence(400, { type: 'error', error: { type: 'invalid_request_error', message: 'no' } });
const broken = refusalEvidence(500, 'Internal Server Error');

const byOutcome: Readonly<Record<VariantTable['rows'][number]['outcome'], Examples>> = {
  accepted: {
    passes: { 'an accepted request': { control: good, variant: good } },
    fails: {
      'a refusal': [{ control: good, variant: refused }, '400 invalid_request_error'],
      'a server error': [{ control: good, variant: broken }, '500'],
    },
    open: {
      'a refusal of both': [
        { control: refused, variant: refused },
        'the same request without it was not accepted either (400 invalid_request_error)',
      ],
    },
  },
  handled: {
    passes: { 'an accepted request': { control: good, variant: good }, 'a refusal': { control: good, variant: refused } },
    fails: { 'a server error': [{ control: good, variant: broken }, '500 without an error envelope'] },
    open: { 'an error for both': [{ control: broken, variant: broken }, 'the same request without it was not accepted either'] },
  },
};

/** Examples for `describeExamples`, by id of the check. */
export function variantExamples({ rows }: VariantTable): Readonly<Record<string, Examples>> {
  return Object.fromEntries(rows.map(({ id, outcome }) => [id, byOutcome[outcome]]));
}
