/** What definitions weigh in the input: nothing where there are none, and more the more there are. */
import { type Check, scenario } from '../model/check.ts';
import { fail, inconclusive, pass } from '../model/judgement.ts';
import { at, inputTotal, isAccepted } from '../reading.ts';
import { claudeCode, docs } from '../references.ts';

const countedAsAbsent = scenario({
  id: 'tools.definition.empty-array-counts-nothing',
  level: 'should',
  layer: 'semantics',
  requirement: 'An empty array of tools has the same input tokens as no tools.',
  covers: ['tool.def.empty-array'],
  source: docs.toolUse,
  breaks: [],
  why: 'Where the counts differ the model is told to use tools that are not there.',
  fix: 'Leave tools out of the chat template where the array is empty.',
  after: ['usage.shape.valid', 'usage.input.positive'],
  needs: ['tools'],
  reads: { absent: 'tool-options/plain', empty: 'tool-options/empty-array' },
  judge: ({ absent, empty }) => {
    if (!isAccepted(absent) || !isAccepted(empty)) return inconclusive('a request was refused');
    const [expected, found] = [absent, empty].map(({ message }) => inputTotal(at(message, 'usage')));
    if (expected === undefined || found === undefined) return inconclusive('the usage has no input_tokens');
    if (expected === found) return pass;
    return fail({ of: empty, pointer: '/usage/input_tokens', expected: `${expected} as without tools`, found: String(found) });
  },
});

/** A tool of the hundred has a name, a description and a parameter: no chat template says that in fewer tokens. */
const leastPerTool = 15;

const manyCounted = scenario({
  id: 'tools.definition.many-counted',
  level: 'should',
  layer: 'semantics',
  requirement: 'A hundred small tools have the input tokens of a hundred tools.',
  covers: ['tool.def.many', 'tool.def.counts'],
  source: docs.toolUse,
  breaks: [claudeCode('the model does not know the tools of the last MCP servers')],
  fix: 'Refuse more tools than fit, instead of leaving some out.',
  after: ['usage.shape.valid', 'usage.input.positive'],
  needs: ['tools'],
  reads: { two: 'tool-options/control', many: 'tool-options/many' },
  judge: ({ two, many }) => {
    if (!isAccepted(two) || !isAccepted(many)) return inconclusive('a request was refused');
    const [few, found] = [two, many].map(({ message }) => inputTotal(at(message, 'usage')));
    if (few === undefined || found === undefined) return inconclusive('the usage has no input_tokens');
    const least = 100 * leastPerTool;
    if (found >= least) return pass;
    return fail({ of: many, pointer: '/usage/input_tokens', expected: `${least} or more`, found: `${found}, and ${few} with two tools` });
  },
});

export const weightChecks: readonly Check[] = [countedAsAbsent, manyCounted];
