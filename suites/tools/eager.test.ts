import { fixtureEvents, refusalEvidence, streamEvidence } from '../model/evidence.fixture.ts';
import { describeExamples } from '../model/examples.fixture.ts';
import { eagerChecks } from './eager.ts';

const accepted = streamEvidence(fixtureEvents);
const refused = refusalEvidence(400, { type: 'error', error: { type: 'invalid_request_error', message: 'tools.0' } });

describeExamples(eagerChecks, {
  'tools.stream.eager-accepted': {
    passes: { 'a stream': { control: accepted, variant: accepted } },
    fails: { 'a refusal': [{ control: accepted, variant: refused }, '400 invalid_request_error'] },
    open: {
      'a server without tools': [
        { control: refused, variant: refused },
        'the same request without it was not accepted either (400 invalid_request_error)',
      ],
    },
  },
});
