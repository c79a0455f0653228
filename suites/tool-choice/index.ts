/** What tool_choice promises. The prompts have nothing to do with the tools, so a call is the server's doing and not the model's. */
import { acceptance } from '../acceptance.ts';
import { answerOf } from '../clean-answer.ts';
import { areaOf, type Check, scenario } from '../model/check.ts';
import { inconclusive, notApplicable, shown, verdictOf } from '../model/judgement.ts';
import { isAccepted } from '../reading.ts';
import { claudeCode, docs } from '../references.ts';
import { callsOf, textBefore } from '../tools/calls.ts';
import { toolOptions } from '../tools/options.ts';
import { variantChecks } from '../variants.ts';
import { noCallChecks, noParallelChecks } from './fewer-calls.ts';
import { forcedCallChecks } from './forced.ts';

const toolUse = docs.toolUse.replace('overview', 'define-tools');

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

const noLeadingText = scenario({
  id: 'tool-choice.forced.no-leading-text',
  level: 'should',
  layer: 'semantics',
  requirement: 'A forced call has no text before it.',
  covers: ['tools.forced.no-leading-text'],
  source: toolUse,
  why: 'Text before a forced call is paid for, and programs that force one do not read it.',
  breaks: [],
  needs: ['tools', 'forced-tool-choice'],
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
        const found = answerOf(of);
        return found === '400 invalid_request_error' ? [] : [{ of, expected: '400 invalid_request_error', found }];
      }),
    );
  },
});

/** Rows of a table that is about tools else. */
const optionChecks = variantChecks(toolOptions).filter(({ id }) => areaOf(id) === 'tool-choice');

export const checks: readonly Check[] = [
  auto,
  ...forcedCallChecks,
  ...noCallChecks,
  ...optionChecks,
  ...noParallelChecks,
  noLeadingText,
  refusedCleanly,
];
