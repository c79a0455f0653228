/** What `strict` promises: the arguments of a call that was not cut fit the schema, whatever the model. https://platform.claude.com/docs/en/agents-and-tools/tool-use/strict-tool-use */
import { acceptance, judgeAcceptance } from '../acceptance.ts';
import { type Check, type CheckMeta, scenario } from '../model/check.ts';
import { type Deviation, inconclusive, notApplicable, verdictOf } from '../model/judgement.ts';
import { judgeAll } from '../model/refusal.ts';
import { basket } from '../probes/tool-strict.ts';
import { isAccepted } from '../reading.ts';
import { claudeCode, docs, sdkPython, sdkTypescript } from '../references.ts';
import { completeCalls } from './calls.ts';
import { type Misfit, misfits } from './schema-fit.ts';

const source = docs.toolUse.replace('overview', 'strict-tool-use');
const needs = ['tools', 'forced-tool-choice'] as const;
const constrain = 'Compile the schema to a grammar that generation cannot leave; a check afterwards comes too late.';

const accepted = acceptance({
  id: 'tools.definition.strict',
  level: 'should',
  layer: 'http',
  requirement: 'strict on a tool whose schema has only supported keywords is accepted.',
  covers: ['tool.def.strict'],
  source,
  breaks: [sdkPython('programs that need sure arguments are refused'), sdkTypescript('programs that need sure arguments are refused')],
  needs,
  control: 'tool-strict/control',
  variant: 'tool-strict/call',
});

const offered = scenario({
  id: 'tools.definition.strict-offered',
  level: 'should',
  layer: 'http',
  requirement: 'A strict tool that the model may call is accepted, with and without stream.',
  covers: ['tool.def.strict'],
  source,
  breaks: [sdkPython('programs that need sure arguments are refused'), sdkTypescript('programs that need sure arguments are refused')],
  fix: 'Constrain the arguments from where a call begins; nothing has to be forced for that.',
  needs: ['tools'],
  reads: { control: 'tool-forced/offered', json: 'bad-strict-tools/control', stream: 'bad-strict-tools/control-stream' },
  judge: ({ control, json, stream }) => judgeAll([judgeAcceptance(control, json), judgeAcceptance(control, stream)]),
});

/** A rule of the schema, and the places where it is judged: the nested ones have a check of their own. */
type Row = Pick<CheckMeta, 'id' | 'level' | 'requirement' | 'covers' | 'breaks' | 'why'> & {
  readonly isOurs: (misfit: Misfit) => boolean;
};

/** Whether a pointer leads below the properties of the input. */
function isNested({ pointer }: Misfit): boolean {
  return pointer.split('/').length > 2;
}

const rows: readonly Row[] = [
  {
    id: 'tools.strict.required-present',
    level: 'must',
    requirement: 'The input of a strict call has every required property, and none that the schema does not know.',
    covers: ['tools.strict.required-present', 'tools.strict.schema-valid'],
    breaks: [sdkPython('the tool function is called with arguments missing, and raises TypeError')],
    isOurs: (misfit) => !isNested(misfit) && (misfit.keyword === 'required' || misfit.keyword === 'additionalProperties'),
  },
  {
    id: 'tools.strict.types',
    level: 'must',
    requirement: 'Integers, booleans, arrays and objects in the input of a strict call are of their JSON type, and no strings.',
    covers: ['tools.strict.types', 'tools.strict.schema-valid'],
    breaks: [claudeCode('refuses the call, and the model tries again')],
    isOurs: (misfit) => !isNested(misfit) && misfit.keyword === 'type',
  },
  {
    id: 'tools.strict.enum',
    level: 'must',
    requirement: 'An enum value in the input of a strict call is one of the list, in any case of its letters.',
    covers: ['tools.strict.enum', 'tools.strict.schema-valid'],
    breaks: [],
    why: 'Programs map such values without a default.',
    isOurs: (misfit) => !isNested(misfit) && misfit.keyword === 'enum',
  },
  {
    id: 'tools.strict.nested',
    level: 'should',
    requirement: 'Objects and arrays inside the input of a strict call fit their schemas as well.',
    covers: ['tools.strict.nested'],
    breaks: [],
    why: 'Arguments of real tools are nested; a guarantee for the outermost braces helps nobody.',
    isOurs: (misfit) => isNested(misfit) || misfit.keyword === 'minItems',
  },
];

const inputChecks = rows.map(({ isOurs, ...meta }) =>
  scenario({
    layer: 'semantics',
    source,
    fix: constrain,
    after: ['messages.content.blocks-valid'],
    ...meta,
    needs,
    reads: { json: 'tool-strict/call', stream: 'tool-strict/call-stream' },
    judge: ({ json, stream }) => {
      if (![json, stream].some(isAccepted)) return notApplicable('strict is refused');
      const calls = completeCalls([json, stream]).filter(({ block }) => block['name'] === basket.name);
      if (calls.length === 0) return inconclusive('no message has a complete call of the tool');
      return verdictOf(
        calls.flatMap(({ of, block, position }) =>
          misfits(basket.input_schema, block['input'])
            .filter(isOurs)
            .map(({ pointer, expected, found }): Deviation => ({ of, pointer: `/content/${position}/input${pointer}`, expected, found })),
        ),
      );
    },
  }),
);

export const strictChecks: readonly Check[] = [accepted, offered, ...inputChecks];
