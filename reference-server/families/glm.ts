/** GLM: `<tool_call>name`, then the names and the values of the arguments, each in an element. https://huggingface.co/zai-org/GLM-4.6 (its chat template) */
import type { CallSyntax, Family } from './family.ts';

const ends = ['<|user|>', '<|observation|>', '<|endoftext|>'];
const calls: Omit<CallSyntax, 'afterName' | 'notation'> = {
  open: '<tool_call>',
  close: '</tool_call>',
  others: ['<arg_key>', '</arg_key>', '<arg_value>', '</arg_value>'],
  prefix: '<tool_call>',
  suffix: '</tool_call>',
  areSeveral: true,
  loose: { form: 'named', nameEnd: '<', isNameEndKept: true, name: /^\s*([^\s<]+)\s*$/u },
};

/** GLM 4.5 and 4.6, Laguna, Ling: each element on a line of its own. */
export const glmLines: Family = {
  name: 'glm-lines',
  calls: {
    ...calls,
    afterName: '\n',
    notation: { form: 'tagged', name: ['<arg_key>', '</arg_key>\n<arg_value>'], valueEnd: '</arg_value>\n' },
  },
  history: {},
  ends,
};

/** GLM 4.7 and 5, Spark: nothing between the elements. */
export const glm: Family = {
  name: 'glm',
  calls: {
    ...calls,
    afterName: '',
    notation: { form: 'tagged', name: ['<arg_key>', '</arg_key><arg_value>'], valueEnd: '</arg_value>' },
  },
  history: {},
  ends,
};
