/** Examples for the checks of a family of bad input, in the modes that each reads. */
import type { Check } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { fixtureEvents, fixtureMessage, jsonEvidence, refusalEvidence, streamEvidence } from '../model/evidence.fixture.ts';
import type { Examples } from '../model/examples.fixture.ts';

const error = (type: string) => ({ type: 'error', error: { type, message: 'max_tokens: must be an integer' } });
const accepted = jsonEvidence(fixtureMessage);
const streamed = streamEvidence(fixtureEvents);
const refused = refusalEvidence(400, error('invalid_request_error'));
const broken = refusalEvidence(500, error('api_error'));

/** Examples for `describeExamples`, by id of the check. */
export function badInputExamples(checks: readonly Check[]): Readonly<Record<string, Examples>> {
  return Object.fromEntries(checks.map((check) => [check.id, examplesOf(check)]));
}

function examplesOf({ id, reads }: Check): Examples {
  const right = id === 'errors.in.model-unknown' ? refusalEvidence(404, error('not_found_error')) : refused;
  const good = { control: accepted, mutant: right, controlStream: streamed, mutantStream: right };
  const read = (steps: Readonly<Record<string, Evidence>>): Readonly<Record<string, Evidence>> =>
    Object.fromEntries(Object.entries(steps).filter(([name]) => name in reads));
  return {
    passes: { 'a refusal': read(good) },
    fails: {
      'a mutant that is taken': [read({ ...good, mutant: accepted, mutantStream: streamed }), '200, it was accepted'],
      'an internal error': [read({ ...good, mutant: broken, mutantStream: broken }), '500 api_error'],
    },
    open: {
      'a control that is refused too': [
        read({ ...good, control: refused, controlStream: refused }),
        'the same request without the defect was not accepted (400)',
      ],
    },
  };
}
