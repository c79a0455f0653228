import { addedTokens } from '../added-tokens.fixture.ts';
import { fixtureMessage, jsonEvidence, refusalEvidence } from '../model/evidence.fixture.ts';
import { describeExamples, type Examples } from '../model/examples.fixture.ts';
import { checks } from './index.ts';

const good = jsonEvidence(fixtureMessage);
const refused = refusalEvidence(400, { type: 'error', error: { type: 'invalid_request_error', message: 'no' } });
const longer = jsonEvidence({ ...fixtureMessage, usage: { input_tokens: 14, output_tokens: 1 } });

const accepted: Examples = {
  passes: { 'an accepted history': { control: good, variant: good } },
  fails: {
    'a refusal': [{ control: good, variant: refused }, '400 invalid_request_error'],
    'a server error': [{ control: good, variant: refusalEvidence(500, 'Internal Server Error') }, '500'],
  },
  open: {
    'a refused control': [
      { control: refused, variant: refused },
      'the same request without it was not accepted either (400 invalid_request_error)',
    ],
  },
};

const handled: Examples = {
  passes: { 'an accepted history': { control: good, variant: good }, 'a clean refusal': { control: good, variant: refused } },
  fails: { 'a crash': [{ control: good, variant: refusalEvidence(500, { detail: 'KeyError' }) }, '500 without an error envelope'] },
};

describeExamples(checks, {
  'history.turns.accepted': accepted,
  'history.turns.consecutive-user': accepted,
  'history.turns.consecutive-assistant': accepted,
  'history.turns.assistant-first': accepted,
  'history.content.block': accepted,
  'history.content.several-blocks': accepted,
  'history.echo.accepted': accepted,
  'history.echo.streamed-accepted': accepted,
  'history.echo.thinking-accepted': accepted,
  'history.echo.call-accepted': accepted,
  'history.echo.streamed-call-accepted': accepted,
  'history.echo.parallel-calls-accepted': accepted,
  'history.echo.thinking-and-call-accepted': accepted,
  'history.echo.call-continued': addedTokens,
  'history.thinking.empty-signature': handled,
  'history.content.block-equals-string': {
    passes: { 'equal counts': { string: good, block: good } },
    fails: { 'other counts': [{ string: good, block: longer }, '14'] },
    open: { 'a refusal': [{ string: good, block: refused }, 'a request was refused'] },
  },
});
