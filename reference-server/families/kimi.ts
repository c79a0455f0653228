/** Kimi K2: each call has an id of its name and its number, `functions.name:0`. https://huggingface.co/moonshotai/Kimi-K2-Instruct/blob/main/docs/tool_call_guidance.md */
import type { Family } from './family.ts';

export const kimi: Family = {
  name: 'kimi',
  calls: {
    open: '<|tool_call_begin|>',
    close: '<|tool_call_end|>',
    around: ['<|tool_calls_section_begin|>', '<|tool_calls_section_end|>'],
    others: ['<|tool_call_argument_begin|>'],
    prefix: '<|tool_calls_section_begin|><|tool_call_begin|>functions.',
    count: ':',
    afterName: '<|tool_call_argument_begin|>',
    suffix: '<|tool_call_end|>',
    areSeveral: true,
    loose: { form: 'named', nameEnd: '<|tool_call_argument_begin|>', name: /^\s*(?:functions\.)?([^\s:]+)(?::\d+)?\s*$/u },
  },
  history: { isEmptyNull: true },
  ends: ['<|im_end|>'],
};
