import { fixtureMessage, jsonEvidence, refusalEvidence } from '../model/evidence.fixture.ts';
import { describeExamples, type Examples } from '../model/examples.fixture.ts';
import { variantChecks } from '../variants.ts';
import { toolOptions } from './options.ts';
import { weightChecks } from './weight.ts';

const good = jsonEvidence(fixtureMessage);
const longer = jsonEvidence({ ...fixtureMessage, usage: { input_tokens: 40, output_tokens: 1 } });
const uncounted = jsonEvidence({ ...fixtureMessage, usage: {} });
const refused = refusalEvidence(400, { type: 'error', error: { type: 'invalid_request_error', message: 'no' } });
const crashed = refusalEvidence(500, { detail: 'KeyError' });

const accepted: Examples = {
  passes: { 'a request taken like its control': { control: good, variant: good } },
  fails: { 'a request refused unlike its control': [{ control: good, variant: refused }, '400 invalid_request_error'] },
  open: {
    'a server without tools': [
      { control: refused, variant: refused },
      'the same request without it was not accepted either (400 invalid_request_error)',
    ],
  },
};

const handled: Examples = {
  passes: { 'a request that is taken': { control: good, variant: good }, 'a clean refusal': { control: good, variant: refused } },
  fails: { 'a crash': [{ control: good, variant: crashed }, '500 without an error envelope'] },
};

describeExamples(variantChecks(toolOptions), {
  'tools.definition.many': accepted,
  'tools.definition.empty-array': accepted,
  'tools.definition.defer-loading': accepted,
  'tool-choice.none.without-tools': accepted,
  'tool-choice.none.with-history': accepted,
  'tools.result.image': handled,
  'tools.result.image-in-stream': handled,
  'tools.result.document': handled,
  'tools.result.search-result': handled,
  'tools.result.tool-reference': handled,
  'tools.result.split-messages': handled,
  'tools.result.without-tools': handled,
});

const heavy = jsonEvidence({ ...fixtureMessage, usage: { input_tokens: 3000, output_tokens: 1 } });

describeExamples(weightChecks, {
  'tools.definition.many-counted': {
    passes: { 'a prompt with all tools': { two: longer, many: heavy } },
    fails: { 'a prompt with the first few': [{ two: good, many: longer }, '40, and 9 with two tools'] },
    open: {
      'a refusal': [{ two: good, many: refused }, 'a request was refused'],
      'no counts': [{ two: good, many: uncounted }, 'the usage has no input_tokens'],
    },
  },
  'tools.definition.empty-array-counts-nothing': {
    passes: { 'equal counts': { absent: good, empty: good } },
    fails: { 'a prompt about tools that are not there': [{ absent: good, empty: longer }, '40'] },
    open: {
      'a refusal': [{ absent: good, empty: refused }, 'a request was refused'],
      'no counts': [{ absent: good, empty: uncounted }, 'the usage has no input_tokens'],
    },
  },
});
