/** The parameter `output_config.format`: which forms of it a server takes. */
import { judgeAcceptance, judgeAnswer, statusAndType } from '../acceptance.ts';
import { type Check, scenario } from '../model/check.ts';
import { fail, inconclusive, pass } from '../model/judgement.ts';
import { badRequest, judgeRefusal, refusalFaults } from '../model/refusal.ts';
import { at, isAccepted } from '../reading.ts';
import { docs, sdkPython, sdkTypescript } from '../references.ts';
import { judgeHandling } from '../variants.ts';

const source = docs.structuredOutputs;
const needs = ['structured-output'] as const;
const parse = [sdkTypescript('messages.parse() throws'), sdkPython('messages.parse() raises')];

const accepted = scenario({
  id: 'structured-output.format.accepted',
  level: 'should',
  layer: 'http',
  requirement: 'output_config.format with a JSON schema is accepted.',
  covers: ['so.format-accepted'],
  source,
  breaks: parse,
  needs,
  reads: { control: 'structured-output/plain', variant: 'structured-output/cut' },
  judge: ({ control, variant }) => judgeAcceptance(control, variant),
});

const asStated = scenario({
  id: 'structured-output.format.as-stated',
  level: 'should',
  layer: 'semantics',
  requirement:
    "output_config.format is accepted where the model's capabilities say that structured outputs are supported, and refused where they say that they are not.",
  covers: ['so.format-accepted', 'models.item.capabilities'],
  source,
  breaks: [],
  why: 'Programs choose by the capabilities between a format and a forced tool call.',
  needs: ['models'],
  reads: { model: 'structured-output/model', control: 'structured-output/plain', variant: 'structured-output/cut' },
  judge: ({ model, control, variant }) => {
    const supported = at(model.json, 'capabilities', 'structured_outputs', 'supported');
    if (typeof supported !== 'boolean') return inconclusive('the model does not say whether it supports structured outputs');
    return supported ? judgeAcceptance(control, variant) : judgeRefusal(control, variant, badRequest);
  },
});

const nameNotNeeded = scenario({
  id: 'structured-output.format.name-not-needed',
  level: 'must',
  layer: 'http',
  requirement: 'output_config.format needs nothing but type and schema.',
  covers: ['so.format-name-not-needed'],
  source,
  breaks: parse,
  why: 'Another API wants a name and a strict flag beside the schema; clients of this one never send them.',
  fix: 'Make up the name that a backend wants.',
  reads: { bare: 'structured-output/cut', named: 'structured-output/named' },
  judge: ({ bare, named }) => {
    if (isAccepted(bare)) return judgeAnswer(bare);
    if (!isAccepted(named)) return inconclusive('a format with a name is not accepted either');
    return fail({ of: bare, expected: 'a 2xx answer, as with a name', found: statusAndType(bare) });
  },
});

const unknownKey = scenario({
  id: 'structured-output.format.unknown-key-refused',
  level: 'should',
  layer: 'http',
  requirement: 'A field of output_config.format that does not exist is refused with 400 and an error of type invalid_request_error.',
  covers: ['so.format-name-not-needed'],
  source,
  breaks: [],
  why: 'A field that is silently dropped is one that its author believes to work.',
  needs,
  after: refusalFaults,
  reads: { control: 'structured-output/cut', mutant: 'structured-output/named' },
  judge: ({ control, mutant }) => judgeRefusal(control, mutant, badRequest),
});

const legacy = scenario({
  id: 'structured-output.legacy.handled',
  level: 'may',
  layer: 'http',
  requirement: 'The beta field output_format, with its header, is accepted or refused with an error envelope.',
  covers: ['so.output-format-legacy'],
  source,
  breaks: [sdkPython('versions from before 2026 send this field')],
  reads: { control: 'structured-output/plain', variant: 'structured-output/legacy' },
  judge: ({ control, variant }) => judgeHandling(control, variant),
});

const cut = scenario({
  id: 'structured-output.cut.answered',
  level: 'should',
  layer: 'http',
  requirement: 'A reply that max_tokens cuts before its JSON is complete is an answer like any other, with stop_reason max_tokens.',
  covers: ['so.truncation'],
  source,
  breaks: [sdkTypescript('programs that ask again with more room get an APIError instead of a stop reason')],
  fix: 'Send what there is; do not validate a reply that was cut.',
  needs,
  reads: { control: 'structured-output/plain', variant: 'structured-output/cut' },
  judge: ({ control, variant }) => {
    const acceptance = judgeAcceptance(control, variant);
    if (acceptance.outcome !== 'pass') return acceptance;
    if (variant.stopReason === 'max_tokens') return pass;
    if (variant.stopReason === 'refusal') return inconclusive('the model refused');
    return fail({ of: variant, pointer: '/stop_reason', expected: '"max_tokens"', found: JSON.stringify(variant.stopReason) ?? 'nothing' });
  },
});

export const formatChecks: readonly Check[] = [accepted, asStated, nameNotNeeded, unknownKey, legacy, cut];
