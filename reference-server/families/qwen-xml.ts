/**
 * Calls as XML, an element for each argument: Qwen 3 Coder, Qwen 3.5, Nemotron 3 Nano, Step 3.5.
 * https://huggingface.co/Qwen/Qwen3-Coder-30B-A3B-Instruct (its chat template)
 */
import type { Family } from './family.ts';

export const qwenXml: Family = {
  name: 'qwen-xml',
  calls: {
    open: '<tool_call>',
    close: '</tool_call>',
    others: [],
    prefix: '<tool_call>\n<function=',
    afterName: '>\n',
    suffix: '</function>\n</tool_call>',
    notation: { form: 'tagged', name: ['<parameter=', '>\n'], valueEnd: '\n</parameter>\n' },
    areSeveral: true,
    loose: { form: 'named', nameEnd: '>', name: /^\s*<function=\s*([^\s<]+)\s*$/u, tail: '</function>' },
  },
  history: { nulls: 'text' },
  ends: ['<|im_end|>'],
};
