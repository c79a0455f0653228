import { fixtureMessage, jsonEvidence, refusalEvidence } from '../model/evidence.fixture.ts';
import { describeExamples, type Examples } from '../model/examples.fixture.ts';
import { definitionForms } from './definition-forms.ts';
import { historyForms } from './history-forms.ts';
import { togetherChecks } from './together.ts';

const accepted = jsonEvidence(fixtureMessage);
const counted = jsonEvidence({ input_tokens: 9 }, { endpoint: 'count-tokens' });
const refused = refusalEvidence(400, { type: 'error', error: { type: 'invalid_request_error', message: 'tools.2' } });
const missing = refusalEvidence(404, { type: 'error', error: { type: 'not_found_error', message: 'no such route' } });

const whole: Examples = {
  passes: { 'a request taken like its control': { control: accepted, together: accepted } },
  fails: { 'a request refused unlike its control': [{ control: accepted, together: refused }, '400 invalid_request_error'] },
  open: {
    'a server without tools': [
      { control: refused, together: refused },
      'the same request without it was not accepted either (400 invalid_request_error)',
    ],
  },
};

const form: Examples = {
  passes: {
    'a form taken with others, whatever the count says': { control: accepted, together: accepted, count: missing, alone: missing },
  },
  fails: {
    'a form refused with others and alone': [
      { control: accepted, together: refused, count: counted, alone: refused },
      '400 invalid_request_error',
    ],
  },
  open: {
    'a form refused with others and counted alone': [
      { control: accepted, together: refused, count: counted, alone: counted },
      'refused together with other forms, but counted alone',
    ],
    'a server without count_tokens': [
      { control: accepted, together: refused, count: missing, alone: missing },
      'refused together with other forms, and count_tokens is not there to tell which',
    ],
    'a server without tools': [
      { control: refused, together: refused, count: counted, alone: refused },
      'the same request without any of these forms was not accepted either',
    ],
  },
};

describeExamples(togetherChecks(definitionForms), {
  'tools.definition.forms-together': whole,
  'tools.definition.name-128': form,
  'tools.definition.input-examples': form,
  'tools.definition.eager-input-streaming': form,
  'tools.definition.allowed-callers': form,
  'tools.definition.large-enum': form,
  'tools.definition.description-unicode': form,
});

describeExamples(togetherChecks(historyForms), {
  'tools.result.forms-together': whole,
  'tools.result.empty-list': form,
  'tools.result.cache-control': form,
  'tools.result.unknown-name': form,
  'tools.result.tools-may-change': form,
});
