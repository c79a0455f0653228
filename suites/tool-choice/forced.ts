/** What tool_choice any and tool promise: a call. One row per step of the probe. */
import { notAccepted } from '../acceptance.ts';
import { type Check, type CheckMeta, scenario } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { fail, inconclusive, type Judgement, shown, verdictOf } from '../model/judgement.ts';
import { fruit } from '../probes/lamp-and-fruit.ts';
import { isAccepted, isCut } from '../reading.ts';
import { docs, sdkPython, sdkTypescript } from '../references.ts';
import { callsOf } from '../tools/calls.ts';

type Row = Pick<CheckMeta, 'id' | 'requirement' | 'covers' | 'breaks' | 'bugs'> & {
  readonly step: string;
  /** The tool that is asked for; absent where any will do. */
  readonly name?: string;
};

const noCall = 'programs that read the answer from a tool call find none';

const rows: readonly Row[] = [
  {
    id: 'tool-choice.any.calls-a-tool',
    requirement: 'With tool_choice any the answer calls a tool, even where the prompt has nothing to do with one.',
    covers: ['tc.any', 'tools.any.at-least-one'],
    breaks: [sdkPython(noCall), sdkTypescript(noCall)],
    bugs: ['vllm#24509'],
    step: 'any',
  },
  {
    id: 'tool-choice.any.calls-a-tool-in-stream',
    requirement: 'With tool_choice any a stream calls a tool, even where the prompt has nothing to do with one.',
    covers: ['tc.any', 'tools.any.at-least-one', 'stream.equiv.stop-rules'],
    breaks: [sdkTypescript(noCall)],
    step: 'any-stream',
  },
  {
    id: 'tool-choice.tool.calls-the-named',
    requirement: 'With tool_choice tool the answer calls the named tool and no other.',
    covers: ['tc.tool', 'tools.tool.named-only', 'tools.tool.irrelevant-prompt'],
    breaks: [sdkPython(noCall), sdkTypescript(noCall)],
    bugs: ['vllm#24509'],
    step: 'tool',
    name: fruit.name,
  },
  {
    id: 'tool-choice.tool.calls-the-named-in-stream',
    requirement: 'With tool_choice tool a stream calls the named tool and no other.',
    covers: ['tc.tool', 'tools.tool.named-only', 'stream.equiv.stop-rules'],
    breaks: [sdkTypescript(noCall)],
    step: 'tool-stream',
    name: fruit.name,
  },
];

export const forcedCallChecks: readonly Check[] = rows.map(({ step, name, ...meta }) =>
  scenario({
    ...meta,
    level: 'must',
    layer: 'semantics',
    source: docs.toolUse.replace('overview', 'define-tools'),
    fix: 'Constrain generation from its first token, so that nothing but a call can come; a sentence in the prompt is a hope.',
    needs: ['tools', 'forced-tool-choice'],
    reads: { answer: `tool-forced/${step}` },
    judge: ({ answer }) => judgeForcedCall(answer, name),
  }),
);

/**
 * At least one call, all of them of the named tool where one is named. What was cut before its call shows nothing.
 * Where forcing as such is refused, the capability says so and this is not seen: a refusal here is of one form while another was taken.
 */
export function judgeForcedCall(answer: Evidence, name: string | undefined): Judgement {
  if (!isAccepted(answer)) return notAccepted(answer);
  const calls = callsOf(answer);
  if (calls.length === 0) {
    if (isCut(answer)) return inconclusive(`the answer was cut before a call: ${answer.stopReason ?? 'an error'}`);
    return fail({
      of: answer,
      pointer: '/content',
      expected: name === undefined ? 'a tool_use block' : `a tool_use block for ${name}`,
      found: 'no tool_use block',
    });
  }
  const others = name === undefined ? [] : calls.filter(({ block }) => block['name'] !== name);
  return verdictOf(
    others.map(({ block, position }) => ({
      of: answer,
      pointer: `/content/${position}/name`,
      expected: shown(name),
      found: shown(block['name']),
    })),
  );
}
