/** Llama 3.1 to 3.3: a call is the whole reply, without a mark or after `<|python_tag|>`. https://www.llama.com/docs/model-cards-and-prompt-formats/llama3_1/ */
import type { Family } from './family.ts';

export const llama: Family = {
  name: 'llama',
  calls: {
    open: '<|python_tag|>',
    others: [],
    prefix: '{"name": "',
    afterName: '", "parameters": ',
    suffix: '}',
    // The template refuses a turn with two calls.
    areSeveral: false,
    loose: { form: 'object', bare: ['{"name":', '{"type":"function","name":'] },
  },
  history: { isOneCallPerTurn: true, isTextApart: true },
  ends: ['<|eot_id|>', '<|eom_id|>'],
};
