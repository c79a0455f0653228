/** Several calls in one turn. Whether a model makes them is its own affair; that they do not get mixed up is the server's. */
import { isJsonObject } from '../../spec/json.ts';
import { judgeAcceptance } from '../acceptance.ts';
import { type Check, scenario } from '../model/check.ts';
import { inconclusive, pass, shown, verdictOf } from '../model/judgement.ts';
import { fruit, lamp } from '../probes/lamp-and-fruit.ts';
import { isAccepted } from '../reading.ts';
import { claudeCode, docs, sdkTypescript } from '../references.ts';
import { callsOf, completeCalls } from './calls.ts';

const source = docs.toolUse.replace('overview', 'parallel-tool-use');
const tooFew = 'the model made fewer than two calls';

const possible = scenario({
  id: 'tools.parallel.possible',
  level: 'may',
  layer: 'semantics',
  requirement: 'Several calls in one turn are possible where disable_parallel_tool_use is not set.',
  covers: ['tools.parallel.possible'],
  source,
  breaks: [claudeCode('reads files one by one')],
  needs: ['tools'],
  reads: { answer: 'tool-parallel/calls', control: 'tool-history/control' },
  judge: ({ answer, control }) => {
    const accepted = judgeAcceptance(control, answer);
    if (accepted.outcome !== 'pass') return accepted;
    return callsOf(answer).length > 1 ? pass : inconclusive(tooFew);
  },
});

const tools = [lamp, fruit];

const apart = scenario({
  id: 'tools.parallel.arguments-apart',
  level: 'should',
  layer: 'semantics',
  requirement: 'Of several calls in one turn, each has its own arguments, and none of those of another.',
  covers: ['stream.equiv.tool-input'],
  source,
  breaks: [claudeCode('runs a tool with the arguments of another'), sdkTypescript('runs a tool with the arguments of another')],
  bugs: ['sglang#39782', 'vllm#34053'],
  fix: 'Keep a buffer for each call; a new id or a new index begins a new block, also where the name comes later.',
  after: ['messages.content.blocks-valid', 'stream.schema.tool-input-parses'],
  needs: ['tools'],
  reads: { answer: 'tool-parallel/calls' },
  judge: ({ answer }) => {
    const calls = completeCalls([answer]);
    if (calls.length < 2) return inconclusive(isAccepted(answer) ? tooFew : 'the request was refused');
    const foreign = calls.flatMap(({ of, block, position }) => {
      const { name, input } = block;
      const others = new Set(tools.filter((tool) => tool.name !== name).flatMap((tool) => Object.keys(tool.input_schema.properties)));
      const keys = isJsonObject(input) ? Object.keys(input).filter((key) => others.has(key)) : [];
      return keys.length === 0
        ? []
        : [{ of, pointer: `/content/${position}/input`, expected: `arguments of ${shown(name)} alone`, found: shown(input) }];
    });
    return verdictOf(foreign);
  },
});

export const parallelChecks: readonly Check[] = [possible, apart];
