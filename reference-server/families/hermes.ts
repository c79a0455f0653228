/** ChatML with `<tool_call>`: Hermes, Qwen 2.5, Qwen 3 and the bundled model. https://qwen.readthedocs.io/en/latest/framework/function_call.html */
import type { CallSyntax, Family } from './family.ts';

export const hermesCalls: CallSyntax = {
  open: '<tool_call>',
  close: '</tool_call>',
  others: [],
  prefix: '<tool_call>\n{"name": "',
  afterName: '", "arguments": ',
  suffix: '}\n</tool_call>',
  areSeveral: true,
  loose: { form: 'object' },
};

export const hermes: Family = { name: 'hermes', calls: hermesCalls, history: {}, ends: ['<|im_end|>'] };
