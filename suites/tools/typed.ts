/** Tools whose meaning the type tells. A server that does not know one refuses it; it must never hand it to a client as a tool of its own. */
import { type Check, scenario } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { fail, inconclusive, type Judgement, pass, shown, verdictOf } from '../model/judgement.ts';
import { clientTools, webSearch } from '../probes/typed-tools.ts';
import { blocksOf, isAccepted, isCut } from '../reading.ts';
import { claudeCode, docs, sdkPython } from '../references.ts';
import { judgeHandling } from '../variants.ts';
import { callsOf } from './calls.ts';

const needs = ['tools', 'forced-tool-choice'] as const;

const client = scenario({
  id: 'tools.definition.client-tools',
  level: 'may',
  layer: 'http',
  requirement: 'bash, text editor and memory, which the client runs, are refused with 400, or called by their names.',
  covers: ['tool.def.anthropic-schema-client'],
  source: docs.toolUse,
  breaks: [sdkPython('programs with these tools get calls of tools that they do not have')],
  fix: 'Refuse typed tools that the model was not trained on.',
  needs,
  reads: { control: 'tool-forced/any', answer: 'typed-tools/client' },
  judge: ({ control, answer }) => {
    if (!isAccepted(answer)) return judgeHandling(control, answer);
    const names = clientTools.map(({ name }) => name);
    const calls = callsOf(answer);
    if (calls.length === 0) return inconclusive('accepted, but none of them was called');
    return verdictOf(
      calls.flatMap(({ block, position }) =>
        names.some((name) => name === block['name'])
          ? []
          : [{ of: answer, pointer: `/content/${position}/name`, expected: `one of ${names.join(', ')}`, found: shown(block['name']) }],
      ),
    );
  },
});

const server = scenario({
  id: 'tools.server.not-for-client',
  level: 'should',
  layer: 'semantics',
  requirement: 'A tool that the server should run is run there or refused with 400; the client is never asked to run it.',
  covers: ['tool.def.server-tool-refusal'],
  source: docs.toolUse.replace('overview', 'server-tools'),
  breaks: [claudeCode('its web search reports that nothing was found'), sdkPython('programs get a call that they cannot answer')],
  bugs: ['sglang#22655', 'sglang#22656'],
  fix: 'Refuse types of server tools that you do not implement.',
  needs,
  reads: { control: 'tool-forced/tool', answer: 'typed-tools/server' },
  judge: ({ control, answer }) => (isAccepted(answer) ? judgeServerCall(control, answer) : judgeHandling(control, answer)),
});

/** The tool was forced: where nothing came of it, on a server that can force, it was dropped. */
function judgeServerCall(control: Evidence, answer: Evidence): Judgement {
  const [call] = callsOf(answer);
  if (call !== undefined) {
    return fail({
      of: answer,
      pointer: `/content/${call.position}`,
      expected: '400, or a server_tool_use block',
      found: shown(call.block),
    });
  }
  if (blocksOf(answer.message).some(({ type }) => type === 'server_tool_use')) return pass;
  if (isCut(answer)) return inconclusive(`the answer was cut: ${answer.stopReason ?? 'an error'}`);
  if (callsOf(control).length === 0) return inconclusive('this server did not force a call of a custom tool either');
  return fail({ of: answer, expected: `400, or a call of ${webSearch.name}`, found: 'an answer without it' });
}

export const typedChecks: readonly Check[] = [client, server];
