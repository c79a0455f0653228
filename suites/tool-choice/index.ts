/** What tool_choice promises. The prompts have nothing to do with the tools, so a call is the server's doing and not the model's. */
import { acceptance } from '../acceptance.ts';
import { areaOf, type Check, scenario } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { fail, inconclusive, type Judgement, notApplicable, pass, shown, verdictOf } from '../model/judgement.ts';
import { errorTypeOf } from '../model/refusal.ts';
import { fruit } from '../probes/lamp-and-fruit.ts';
import { isAccepted, isCut } from '../reading.ts';
import { claudeCode, docs, sdkPython, sdkTypescript } from '../references.ts';
import { callsOf, textBefore } from '../tools/calls.ts';
import { toolOptions } from '../tools/options.ts';
import { variantChecks } from '../variants.ts';

const toolUse = docs.toolUse.replace('overview', 'define-tools');
const forced = ['tools', 'forced-tool-choice'] as const;
const enforce = 'Constrain generation from its first token, so that nothing but a call can come; a sentence in the prompt is a hope.';

const auto = acceptance({
  id: 'tool-choice.auto.accepted',
  level: 'must',
  layer: 'http',
  requirement: 'tool_choice: {"type": "auto"} is accepted and is the same as none given.',
  covers: ['tc.auto-explicit'],
  source: toolUse,
  breaks: [claudeCode('its web search request fails')],
  needs: ['tools'],
  control: 'tool-forced/offered',
  variant: 'tool-forced/auto',
});

const any = scenario({
  id: 'tool-choice.any.calls-a-tool',
  level: 'must',
  layer: 'semantics',
  requirement: 'With tool_choice any the answer calls a tool, even where the prompt has nothing to do with one.',
  covers: ['tc.any', 'tools.any.at-least-one'],
  source: toolUse,
  breaks: [
    sdkPython('programs that read the answer from a tool call find none'),
    sdkTypescript('programs that read the answer from a tool call find none'),
  ],
  bugs: ['vllm#24509'],
  fix: enforce,
  needs: forced,
  reads: { answer: 'tool-forced/any' },
  judge: ({ answer }) => judgeCall(answer, undefined),
});

const anyStream = scenario({
  id: 'tool-choice.any.calls-a-tool-in-stream',
  level: 'must',
  layer: 'semantics',
  requirement: 'With tool_choice any a stream calls a tool, even where the prompt has nothing to do with one.',
  covers: ['tc.any', 'tools.any.at-least-one', 'stream.equiv.stop-rules'],
  source: toolUse,
  breaks: [sdkTypescript('programs that read the answer from a tool call find none')],
  fix: enforce,
  needs: forced,
  reads: { answer: 'tool-forced/any-stream' },
  judge: ({ answer }) => judgeCall(answer, undefined),
});

const tool = scenario({
  id: 'tool-choice.tool.calls-the-named',
  level: 'must',
  layer: 'semantics',
  requirement: 'With tool_choice tool the answer calls the named tool and no other.',
  covers: ['tc.tool', 'tools.tool.named-only', 'tools.tool.irrelevant-prompt'],
  source: toolUse,
  breaks: [
    sdkPython('programs that read the answer from a tool call find none'),
    sdkTypescript('programs that read the answer from a tool call find none'),
  ],
  bugs: ['vllm#24509'],
  fix: enforce,
  needs: forced,
  reads: { answer: 'tool-forced/tool' },
  judge: ({ answer }) => judgeCall(answer, fruit.name),
});

const toolStream = scenario({
  id: 'tool-choice.tool.calls-the-named-in-stream',
  level: 'must',
  layer: 'semantics',
  requirement: 'With tool_choice tool a stream calls the named tool and no other.',
  covers: ['tc.tool', 'tools.tool.named-only', 'stream.equiv.stop-rules'],
  source: toolUse,
  breaks: [sdkTypescript('programs that read the answer from a tool call find none')],
  fix: enforce,
  needs: forced,
  reads: { answer: 'tool-forced/tool-stream' },
  judge: ({ answer }) => judgeCall(answer, fruit.name),
});

/** At least one call, all of them of the named tool where one is named. What was cut before its call shows nothing. */
function judgeCall(answer: Evidence, name: string | undefined): Judgement {
  if (!isAccepted(answer)) return refused(answer);
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

/** Where forcing as such is refused, the capability says so and this is not seen; here one form was refused while another was taken. */
function refused(answer: Evidence): Judgement {
  return fail({ of: answer, expected: 'a 2xx answer', found: `${answer.status} ${errorTypeOf(answer) ?? ''}`.trim() });
}

const none = scenario({
  id: 'tool-choice.none.no-call',
  level: 'must',
  layer: 'semantics',
  requirement: 'With tool_choice none the answer calls no tool, even where the prompt asks for it.',
  covers: ['tc.none', 'tools.none.zero'],
  source: toolUse,
  breaks: [sdkPython('programs that ask for a summary at the end get another call')],
  bugs: ['litellm#24443'],
  fix: 'Leave the tools out of what generation may produce; they may stay in the prompt.',
  needs: ['tools'],
  reads: { answer: 'tool-forced/none', control: 'tool-forced/auto' },
  judge: ({ answer, control }) => judgeNoCall(answer, control),
});

const noneStream = scenario({
  id: 'tool-choice.none.no-call-in-stream',
  level: 'must',
  layer: 'semantics',
  requirement: 'With tool_choice none a stream calls no tool, even where the prompt asks for it.',
  covers: ['tc.none', 'tools.none.zero', 'stream.equiv.stop-rules'],
  source: toolUse,
  breaks: [sdkPython('programs that ask for a summary at the end get another call')],
  bugs: ['litellm#24443'],
  fix: 'Leave the tools out of what generation may produce; they may stay in the prompt.',
  needs: ['tools'],
  reads: { answer: 'tool-forced/none-stream', control: 'tool-forced/auto' },
  judge: ({ answer, control }) => judgeNoCall(answer, control),
});

function judgeNoCall(answer: Evidence, control: Evidence): Judgement {
  if (!isAccepted(answer))
    return isAccepted(control) ? refused(answer) : inconclusive('the same request with auto was not accepted either');
  const calls = callsOf(answer);
  if (calls.length === 0 && answer.stopReason !== 'tool_use') return pass;
  return fail({
    of: answer,
    expected: 'no tool_use block',
    found: calls.length > 0 ? `a call of ${shown(calls[0]?.block['name'])}` : 'stop_reason "tool_use"',
  });
}

const noParallel = scenario({
  id: 'tool-choice.no-parallel.exactly-one',
  level: 'must',
  layer: 'semantics',
  requirement: 'With tool_choice any and disable_parallel_tool_use the answer has exactly one call, even where the prompt asks for two.',
  covers: ['tools.disable-parallel.any-exactly-one', 'tc.disable-parallel-field'],
  source: toolUse,
  breaks: [sdkPython('programs that run one call lose the others, and the next request is refused')],
  fix: 'End the turn after the first call.',
  needs: forced,
  reads: { answer: 'tool-forced/no-parallel', control: 'tool-forced/any' },
  judge: ({ answer, control }) => judgeOneCall(answer, control, undefined, 'one tool_use block'),
});

const noParallelNamed = scenario({
  id: 'tool-choice.no-parallel.named-exactly-one',
  level: 'must',
  layer: 'semantics',
  requirement:
    'With tool_choice tool and disable_parallel_tool_use the answer has exactly one call, even where the prompt asks for two of it.',
  covers: ['tools.disable-parallel.tool-exactly-one', 'tc.disable-parallel-field'],
  source: toolUse,
  breaks: [sdkPython('programs that run one call lose the others, and the next request is refused')],
  fix: 'End the turn after the first call.',
  needs: forced,
  reads: { answer: 'tool-forced/tool-no-parallel', control: 'tool-forced/tool' },
  judge: ({ answer, control }) => judgeOneCall(answer, control, fruit.name, 'exactly one tool_use block'),
});

/** @param control forced in the same way; where that has no call, forcing is at fault and is told of elsewhere. */
function judgeOneCall(answer: Evidence, control: Evidence, name: string | undefined, expected: string): Judgement {
  const called = judgeCall(answer, name);
  if (called.outcome !== 'pass') {
    if (!isAccepted(control)) return inconclusive('the same request without it was not accepted either');
    return callsOf(control).length === 0 ? inconclusive('the same request without it has no call either') : called;
  }
  const { length } = callsOf(answer);
  return length === 1 ? pass : fail({ of: answer, pointer: '/content', expected, found: `${length} tool_use blocks` });
}

const noParallelAuto = scenario({
  id: 'tool-choice.no-parallel.at-most-one',
  level: 'must',
  layer: 'semantics',
  requirement: 'With tool_choice auto and disable_parallel_tool_use the answer has at most one call.',
  covers: ['tools.disable-parallel.auto-at-most-one', 'tc.disable-parallel-field'],
  source: toolUse,
  breaks: [sdkPython('programs that run one call lose the others, and the next request is refused')],
  fix: 'End the turn after the first call.',
  needs: ['tools'],
  reads: { answer: 'tool-forced/auto-no-parallel', control: 'tool-forced/auto' },
  judge: ({ answer, control }) => {
    if (!isAccepted(answer))
      return isAccepted(control) ? refused(answer) : inconclusive('the same request without it was not accepted either');
    const { length } = callsOf(answer);
    if (length > 1)
      return fail({ of: answer, pointer: '/content', expected: 'at most one tool_use block', found: `${length} tool_use blocks` });
    return length === 1 ? pass : inconclusive('the model called no tool');
  },
});

const noLeadingText = scenario({
  id: 'tool-choice.forced.no-leading-text',
  level: 'should',
  layer: 'semantics',
  requirement: 'A forced call has no text before it.',
  covers: ['tools.forced.no-leading-text'],
  source: toolUse,
  why: 'Text before a forced call is paid for, and programs that force one do not read it.',
  breaks: [],
  needs: forced,
  reads: { any: 'tool-forced/any', tool: 'tool-forced/tool', stream: 'tool-forced/tool-stream' },
  judge: (steps) => {
    const answers = Object.values(steps).flatMap((of) =>
      callsOf(of)
        .slice(0, 1)
        .map((call) => ({ of, text: textBefore(of, call) })),
    );
    if (answers.length === 0) return inconclusive('no answer has a call');
    return verdictOf(
      answers.flatMap(({ of, text }) =>
        text === undefined ? [] : [{ of, pointer: '/content/0', expected: 'the tool_use block first', found: shown(text) }],
      ),
    );
  },
});

const refusedCleanly = scenario({
  id: 'tool-choice.forced.refused-cleanly',
  level: 'should',
  layer: 'http',
  requirement: 'A server that cannot force a call refuses tool_choice any and tool with 400 and an error of type invalid_request_error.',
  covers: ['tc.forcing-unsupported-clean'],
  source: toolUse,
  why: 'Newer official models refuse in this way, and programs fall back to auto on it.',
  breaks: [],
  needs: ['tools'],
  reads: { any: 'tool-forced/any', tool: 'tool-forced/tool', control: 'tool-forced/auto' },
  judge: ({ any: anyAnswer, tool: toolAnswer, control }) => {
    const refusals = [anyAnswer, toolAnswer].filter((answer) => !isAccepted(answer));
    if (refusals.length === 0) return notApplicable('a forced call is accepted');
    if (!isAccepted(control)) return inconclusive('the same request with auto was not accepted either');
    return verdictOf(
      refusals.flatMap((of) => {
        const found = `${of.status} ${errorTypeOf(of) ?? 'without an error type'}`;
        return found === '400 invalid_request_error' ? [] : [{ of, expected: '400 invalid_request_error', found }];
      }),
    );
  },
});

/** Rows of a table that is about tools else. */
const optionChecks = variantChecks(toolOptions).filter(({ id }) => areaOf(id) === 'tool-choice');

export const checks: readonly Check[] = [
  auto,
  any,
  anyStream,
  tool,
  toolStream,
  none,
  noneStream,
  ...optionChecks,
  noParallel,
  noParallelNamed,
  noParallelAuto,
  noLeadingText,
  refusedCleanly,
];
