import type { Evidence } from '../model/evidence.ts';
import { fixtureMessage, jsonEvidence, refusalEvidence } from '../model/evidence.fixture.ts';
import { describeExamples, type Examples } from '../model/examples.fixture.ts';
import { checks } from './index.ts';

const accepted = jsonEvidence(fixtureMessage);
const failure = refusalEvidence(500, { type: 'error', error: { type: 'api_error', message: 'broken pipe' } });
const left: Evidence = { ...accepted, ended: 'aborted-by-us' };
const hung: Evidence = {
  ...accepted,
  status: undefined,
  ended: 'timed-out-by-us',
  exchange: { ...accepted.exchange, ended: 'timed-out-by-us', problem: 'No byte for 120000 ms.' },
};

const after = (mode: string, evidence: Evidence): Evidence => {
  const step = `after-${mode}`;
  return { ...evidence, steps: [{ address: `disconnect/${step}`, probe: 'disconnect', step, attempt: 1, last: true, exchange: 'x1' }] };
};
const busy = (evidence: Evidence): Evidence => ({ ...evidence, steps: evidence.steps.map((step) => ({ ...step, busy: true })) });
const taking = (ms: number): Evidence => ({ ...accepted, exchange: { ...accepted.exchange, timing: { sent: 0, end: ms } } });

const answered = (mode: string): Examples => ({
  passes: { 'an answer': after(mode, accepted) },
  fails: {
    silence: [after(mode, hung), 'No byte for 120000 ms.'],
    'an internal error': [after(mode, failure), '500 api_error'],
    'a closed door': [after(mode, { ...hung, ended: 'refused', exchange: { ...hung.exchange, problem: 'ECONNREFUSED' } }), 'ECONNREFUSED'],
  },
  open: {
    'a busy server': [busy(after(mode, failure)), 'server busy'],
    'the end of the run': [after(mode, { ...hung, ended: 'aborted-by-us' }), 'not waited for: aborted-by-us'],
  },
});

const slotFreed: Examples = {
  passes: {
    'as fast as before': { before: taking(40), abandoned: left, after: taking(60) },
    'a slow model': { before: taking(9000), abandoned: left, after: taking(12_000) },
  },
  fails: {
    'a wait for what was left': [{ before: taking(100), abandoned: left, after: taking(6400) }, '6400 ms'],
    'a wait in a fast server': [{ before: taking(5), abandoned: left, after: taking(1100) }, '1100 ms'],
  },
  open: {
    'an answer that was too fast': [
      { before: taking(1), abandoned: accepted, after: taking(1) },
      'the answer was complete before the suite could hang up',
    ],
    'no answer after it': [{ before: taking(1), abandoned: left, after: failure }, 'the requests before and after were not both accepted'],
  },
};

describeExamples(checks, {
  'disconnect.stream.next-answered': answered('stream'),
  'disconnect.json.next-answered': answered('json'),
  'disconnect.stream.slot-freed': slotFreed,
  'disconnect.json.slot-freed': slotFreed,
});
