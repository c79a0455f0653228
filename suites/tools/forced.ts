/** What a forced call shows about tools, whatever the model. */
import { isJsonObject } from '../../spec/json.ts';
import { type Check, scenario } from '../model/check.ts';
import { type Deviation, fail, inconclusive, pass, shown, verdictOf } from '../model/judgement.ts';
import { claudeCode, docs, sdkPython } from '../references.ts';
import { fruit } from '../probes/lamp-and-fruit.ts';
import { callsOf, completeCalls } from './calls.ts';

const needs = ['tools', 'forced-tool-choice'] as const;

const idsDiffer = scenario({
  id: 'tools.id.unique-across',
  level: 'should',
  layer: 'semantics',
  requirement: 'The calls of two messages have different ids.',
  covers: ['tools.ids.unique-across'],
  source: docs.toolUse,
  breaks: [],
  why: 'In a history with both calls a result could belong to either.',
  bugs: ['vllm#34053'],
  needs,
  reads: { json: 'tool-forced/tool', stream: 'tool-forced/tool-stream' },
  judge: (steps) => {
    const [json, stream] = [callsOf(steps.json)[0]?.block['id'], callsOf(steps.stream)[0]?.block['id']];
    if (json === undefined || stream === undefined) return inconclusive('one of the two messages has no call');
    return json === stream ? fail({ of: steps.stream, expected: 'another id', found: shown(stream) }) : pass;
  },
});

const fitsSchema = scenario({
  id: 'tools.input.fits-schema',
  // Only `strict` promises it; a server that forces calls by a grammar gets it for nothing.
  level: 'should',
  layer: 'semantics',
  requirement: 'The input of a forced call fits a schema of one required property with two allowed values.',
  covers: ['tools.input.schema-valid'],
  source: docs.toolUse,
  breaks: [claudeCode('refuses the call, and the model tries again'), sdkPython('tool functions are called with wrong arguments')],
  fix: 'Constrain generation by the schema of the forced tool.',
  after: ['messages.content.blocks-valid'],
  needs,
  reads: { json: 'tool-forced/tool', stream: 'tool-forced/tool-stream' },
  judge: (steps) => {
    const calls = completeCalls(Object.values(steps)).filter(({ block }) => block['name'] === fruit.name);
    if (calls.length === 0) return inconclusive('no message has a complete call of the tool');
    const allowed: readonly unknown[] = fruit.input_schema.properties.fruit.enum;
    return verdictOf(
      calls.flatMap(({ of, block, position }): readonly Deviation[] => {
        const { input } = block;
        const fits = isJsonObject(input) && Object.keys(input).join() === 'fruit' && allowed.includes(input['fruit']);
        return fits
          ? []
          : [{ of, pointer: `/content/${position}/input`, expected: '{"fruit": "apple"} or {"fruit": "pear"}', found: shown(input) }];
      }),
    );
  },
});

const noArguments = scenario({
  id: 'tools.input.no-arguments',
  level: 'should',
  layer: 'semantics',
  requirement: 'A forced call of a tool that takes no arguments has {} as input, without stream and in a stream.',
  covers: ['tools.input.object', 'tools.input.schema-valid'],
  source: docs.toolUse,
  breaks: [sdkPython('tool functions are called with arguments that they do not have')],
  why: 'Parsers in other clients fail on an empty text where they expect JSON.',
  bugs: ['vllm#28806', 'vllm#21365'],
  fix: 'Where the model wrote no arguments, the input is {}.',
  after: ['messages.content.blocks-valid'],
  needs,
  reads: { json: 'tool-empty-schema/call', stream: 'tool-empty-schema/call-stream' },
  judge: (steps) => {
    const calls = completeCalls(Object.values(steps));
    if (calls.length === 0) return inconclusive('neither message has a complete call');
    return verdictOf(
      calls.flatMap(({ of, block, position }) => {
        const { input } = block;
        const isEmpty = isJsonObject(input) && Object.keys(input).length === 0;
        return isEmpty ? [] : [{ of, pointer: `/content/${position}/input`, expected: '{}', found: shown(input) }];
      }),
    );
  },
});

export const forcedChecks: readonly Check[] = [idsDiffer, fitsSchema, noArguments];
