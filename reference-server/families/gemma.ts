/** Gemma 4: `<|tool_call>call:name{city:<|"|>Paris<|"|>}<tool_call|>`, thinking on a channel. https://ai.google.dev/gemma/docs/core/prompt-formatting-gemma4 */
import type { Family } from './family.ts';

export const gemma: Family = {
  name: 'gemma',
  thinking: {
    open: '<|channel>',
    close: '<channel|>',
    label: 'thought',
    opening: '<|channel>thought\n',
    closing: '\n<channel|>',
  },
  calls: {
    open: '<|tool_call>',
    close: '<tool_call|>',
    others: ['<|"|>'],
    prefix: '<|tool_call>call:',
    afterName: '',
    suffix: '<tool_call|>',
    notation: { form: 'marked', quote: '<|"|>' },
    areSeveral: true,
    loose: { form: 'named', nameEnd: '{', isNameEndKept: true, name: /^\s*call:\s*([^\s:{]+)\s*$/u },
  },
  // The template writes text beside a call behind its result.
  history: { isTextReasoning: true, needsDescriptions: true, nulls: 'absent' },
  // After its calls the model asks for their results.
  ends: ['<turn|>', '<|tool_response>'],
};
