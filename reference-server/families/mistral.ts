/** Mistral's two ways to call: a JSON list after one mark (tokenizers v2 to v7), and a mark before each name (v11 and v13). https://docs.mistral.ai/guides/tokenization/ */
import type { Family, HistoryShape } from './family.ts';

const history: HistoryShape = { hasShortIds: true, isTextPartOfResult: true };

/** `[TOOL_CALLS][{"name": ..., "arguments": {...}}, ...]` */
export const mistralList: Family = {
  name: 'mistral-list',
  calls: {
    open: '[TOOL_CALLS]',
    others: [],
    prefix: '[TOOL_CALLS][{"name": "',
    afterName: '", "arguments": ',
    between: '}, {"name": "',
    suffix: '}]',
    areSeveral: true,
    loose: { form: 'object', isListed: true },
  },
  history,
  ends: ['</s>'],
};

/** `[TOOL_CALLS]name[ARGS]{...}`, with `[CALL_ID]` and an id after the name in v11. */
export const mistralNamed: Family = {
  name: 'mistral-named',
  calls: {
    open: '[TOOL_CALLS]',
    others: ['[ARGS]', '[CALL_ID]'],
    prefix: '[TOOL_CALLS]',
    afterName: '[ARGS]',
    suffix: '',
    areSeveral: true,
    loose: { form: 'named', nameEnd: '[ARGS]', name: /^\s*([^\s[]+)/u },
  },
  history,
  ends: ['</s>'],
};
