import type { Evidence } from '../model/evidence.ts';
import { fixtureMessage, jsonEvidence, refusalEvidence } from '../model/evidence.fixture.ts';
import { describeExamples, type Examples } from '../model/examples.fixture.ts';
import { checks } from './index.ts';

const on = (connection: number, evidence: Evidence): Evidence => ({
  ...evidence,
  exchange: { ...evidence.exchange, connection: { id: connection, reused: true } },
});
const accepted = jsonEvidence(fixtureMessage);
const closing = jsonEvidence(fixtureMessage, { headers: [['Connection', 'Close']] });
const refused = refusalEvidence(400, { type: 'error', error: { type: 'invalid_request_error', message: 'messages' } });
const confused = refusalEvidence(405, { type: 'error', error: { type: 'invalid_request_error', message: 'LLO is not a method' } });

const answered: Examples = {
  passes: { 'the same connection': { first: on(1, accepted), next: on(1, accepted), alone: accepted } },
  fails: {
    'an answer to the rest of an earlier request': [
      { first: on(1, accepted), next: on(1, confused), alone: accepted },
      '405 invalid_request_error',
    ],
  },
  open: {
    'another connection': [{ first: on(1, accepted), next: on(2, confused), alone: accepted }, 'the connection was not used again'],
    'a server that takes nothing': [
      { first: on(1, refused), next: on(1, confused), alone: refused },
      'a request on a connection of its own is not accepted either',
    ],
  },
};

const announced: Examples = {
  passes: {
    'the same connection': { first: on(1, accepted), next: on(1, accepted) },
    'a closed one, as announced': { first: on(1, closing), next: on(2, accepted) },
  },
  fails: { 'a closed one': [{ first: on(1, accepted), next: on(2, accepted) }, 'closed without a word'] },
};

describeExamples(checks, {
  'keep-alive.after-json.answered': answered,
  'keep-alive.after-stream.answered': answered,
  'keep-alive.after-refusal.answered': answered,
  'keep-alive.after-json.kept-or-announced': announced,
  'keep-alive.after-stream.kept-or-announced': announced,
  'keep-alive.after-refusal.kept-or-announced': announced,
});
