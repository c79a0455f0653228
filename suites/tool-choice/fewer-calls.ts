/** Choices that take calls away: none at all, or no more than one. One row per step of the probe. */
import { notAccepted } from '../acceptance.ts';
import { type Check, type CheckMeta, scenario } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { fail, inconclusive, type Judgement, pass, shown } from '../model/judgement.ts';
import { fruit } from '../probes/lamp-and-fruit.ts';
import { isAccepted } from '../reading.ts';
import { docs, sdkPython } from '../references.ts';
import { callsOf } from '../tools/calls.ts';
import { judgeForcedCall } from './forced.ts';

type Row = Pick<CheckMeta, 'id' | 'requirement' | 'covers' | 'needs'> & {
  readonly step: string;
  /** Step that has the tools and may call them. */
  readonly control: string;
  readonly judge: (answer: Evidence, control: Evidence) => Judgement;
};

const none = { needs: ['tools'], control: 'auto', judge: judgeNoCall } as const;

const noneRows: readonly Row[] = [
  {
    ...none,
    id: 'tool-choice.none.no-call',
    requirement: 'With tool_choice none the answer calls no tool, even where the prompt asks for it.',
    covers: ['tc.none', 'tools.none.zero'],
    step: 'none',
  },
  {
    ...none,
    id: 'tool-choice.none.no-call-in-stream',
    requirement: 'With tool_choice none a stream calls no tool, even where the prompt asks for it.',
    covers: ['tc.none', 'tools.none.zero', 'stream.equiv.stop-rules'],
    step: 'none-stream',
  },
];

const noParallelRows: readonly Row[] = [
  {
    id: 'tool-choice.no-parallel.exactly-one',
    requirement: 'With tool_choice any and disable_parallel_tool_use the answer has exactly one call, even where the prompt asks for two.',
    covers: ['tools.disable-parallel.any-exactly-one', 'tc.disable-parallel-field'],
    needs: ['tools', 'forced-tool-choice'],
    step: 'no-parallel',
    control: 'any',
    judge: (answer, control) => judgeOneCall(answer, control, undefined, 'one tool_use block'),
  },
  {
    id: 'tool-choice.no-parallel.named-exactly-one',
    requirement:
      'With tool_choice tool and disable_parallel_tool_use the answer has exactly one call, even where the prompt asks for two of it.',
    covers: ['tools.disable-parallel.tool-exactly-one', 'tc.disable-parallel-field'],
    needs: ['tools', 'forced-tool-choice'],
    step: 'tool-no-parallel',
    control: 'tool',
    judge: (answer, control) => judgeOneCall(answer, control, fruit.name, 'exactly one tool_use block'),
  },
  {
    id: 'tool-choice.no-parallel.at-most-one',
    requirement: 'With tool_choice auto and disable_parallel_tool_use the answer has at most one call.',
    covers: ['tools.disable-parallel.auto-at-most-one', 'tc.disable-parallel-field'],
    needs: ['tools'],
    step: 'auto-no-parallel',
    control: 'auto',
    judge: judgeAtMostOneCall,
  },
];

function checksOf(rows: readonly Row[], shared: Pick<CheckMeta, 'breaks' | 'bugs' | 'fix'>): readonly Check[] {
  return rows.map(({ step, control, judge, ...meta }) =>
    scenario({
      ...meta,
      ...shared,
      level: 'must',
      layer: 'semantics',
      source: docs.toolUse.replace('overview', 'define-tools'),
      reads: { answer: `tool-forced/${step}`, control: `tool-forced/${control}` },
      judge: (steps) => judge(steps.answer, steps.control),
    }),
  );
}

export const noCallChecks: readonly Check[] = checksOf(noneRows, {
  breaks: [sdkPython('programs that ask for a summary at the end get another call')],
  bugs: ['litellm#24443'],
  fix: 'Leave the tools out of what generation may produce; they may stay in the prompt.',
});

export const noParallelChecks: readonly Check[] = checksOf(noParallelRows, {
  breaks: [sdkPython('programs that run one call lose the others, and the next request is refused')],
  fix: 'End the turn after the first call.',
});

function judgeNoCall(answer: Evidence, control: Evidence): Judgement {
  if (!isAccepted(answer))
    return isAccepted(control) ? notAccepted(answer) : inconclusive('the same request with auto was not accepted either');
  const calls = callsOf(answer);
  if (calls.length === 0 && answer.stopReason !== 'tool_use') return pass;
  return fail({
    of: answer,
    expected: 'no tool_use block',
    found: calls.length > 0 ? `a call of ${shown(calls[0]?.block['name'])}` : 'stop_reason "tool_use"',
  });
}

/** @param control forced in the same way; where that has no call, forcing is at fault and is told of elsewhere. */
function judgeOneCall(answer: Evidence, control: Evidence, name: string | undefined, expected: string): Judgement {
  const called = judgeForcedCall(answer, name);
  if (called.outcome !== 'pass') {
    if (!isAccepted(control)) return inconclusive('the same request without it was not accepted either');
    return callsOf(control).length === 0 ? inconclusive('the same request without it has no call either') : called;
  }
  const { length } = callsOf(answer);
  return length === 1 ? pass : fail({ of: answer, pointer: '/content', expected, found: `${length} tool_use blocks` });
}

function judgeAtMostOneCall(answer: Evidence, control: Evidence): Judgement {
  if (!isAccepted(answer))
    return isAccepted(control) ? notAccepted(answer) : inconclusive('the same request without it was not accepted either');
  const { length } = callsOf(answer);
  if (length > 1)
    return fail({ of: answer, pointer: '/content', expected: 'at most one tool_use block', found: `${length} tool_use blocks` });
  return length === 1 ? pass : inconclusive('the model called no tool');
}
