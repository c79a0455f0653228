/** Histories with tool calls and their results, built by hand. One row per step of the probe. */
import { acceptance, type AcceptanceCheck } from '../acceptance.ts';
import type { Check } from '../model/check.ts';
import { claudeCode, docs, sdkTypescript } from '../references.ts';

type Row = Pick<AcceptanceCheck, 'requirement' | 'covers' | 'breaks'> & Partial<Pick<AcceptanceCheck, 'bugs' | 'fix' | 'why'>>;

const rows: Readonly<Record<string, Row>> = {
  string: {
    requirement: 'A tool_result with a string as content is accepted, for a call whose id the server did not issue.',
    covers: [
      'tools.result.string',
      'block.in.tool-use-history',
      'req.id-fields.opaque',
      'tools.loop.continues',
      'prefill.tool-loop-not-prefill',
    ],
    breaks: [claudeCode('no tool can be used'), sdkTypescript('the tool runner fails on its second request')],
    bugs: ['vllm#34745'],
  },
  blocks: {
    requirement: 'A tool_result with text blocks as content is accepted.',
    covers: ['tools.result.blocks'],
    breaks: [claudeCode('tools that answer in blocks, such as those of MCP servers, fail')],
    bugs: ['vllm#34053'],
  },
  error: {
    requirement: 'A tool_result with is_error is accepted.',
    covers: ['tools.result.is-error'],
    breaks: [claudeCode('the first tool that fails ends the session')],
  },
  absent: {
    requirement: 'A tool_result without content is accepted.',
    covers: ['tools.result.empty'],
    breaks: [],
    why: 'Tools that return nothing have nothing to say.',
  },
  'empty-string': {
    requirement: 'A tool_result with an empty string as content is accepted.',
    covers: ['tools.result.empty'],
    breaks: [],
    why: 'Commands without output are common.',
  },
  'two-results': {
    requirement: 'Two calls answered by two results in one message, in any order, are accepted.',
    covers: ['tools.result.multiple'],
    breaks: [claudeCode('parallel calls fail'), sdkTypescript('the tool runner fails after parallel calls')],
  },
  'two-rounds': {
    requirement: 'A history with two rounds of call and result is accepted.',
    covers: ['tools.loop.multi-step'],
    breaks: [claudeCode('fails on the third request of a task')],
    bugs: ['vllm#38738'],
  },
  'text-around': {
    requirement: 'Text before a call and text after its result are accepted.',
    covers: ['tools.loop.text-before-tool-use', 'tools.result.then-text'],
    breaks: [claudeCode('most turns fail: models explain their calls')],
    bugs: ['vllm#46321', 'sglang#29083'],
  },
};

export const resultChecks: readonly Check[] = Object.entries(rows).map(([step, row]) =>
  acceptance({
    ...row,
    id: `tools.result.${step}`,
    level: 'must',
    layer: 'http',
    source: docs.toolUse,
    needs: ['tools'],
    control: 'tool-history/control',
    variant: `tool-history/${step}`,
  }),
);
