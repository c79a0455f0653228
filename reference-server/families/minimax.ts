/** MiniMax M2: all calls of a reply in one element, their arguments as XML. https://huggingface.co/MiniMaxAI/MiniMax-M2/blob/main/docs/tool_calling_guide.md */
import type { Family } from './family.ts';

export const minimax: Family = {
  name: 'minimax',
  calls: {
    open: '<minimax:tool_call>',
    close: '</minimax:tool_call>',
    others: [],
    prefix: '<minimax:tool_call>\n<invoke name="',
    afterName: '">\n',
    between: '</invoke>\n<invoke name="',
    suffix: '</invoke>\n</minimax:tool_call>',
    notation: { form: 'tagged', name: ['<parameter name="', '">'], valueEnd: '</parameter>\n' },
    areSeveral: true,
    loose: { form: 'named', nameEnd: '>', name: /^\s*<invoke\s+name="([^"]+)"\s*$/u, tail: '</invoke>', another: '<invoke' },
  },
  history: {},
  ends: ['[e~['],
};
