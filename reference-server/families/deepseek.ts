/** DeepSeek: calls between tokens with fullwidth bars, in two forms. https://huggingface.co/deepseek-ai/DeepSeek-V3.1 (encoding of tool calls) */
import type { Family, HistoryShape } from './family.ts';

const [begin, end] = ['<｜tool▁calls▁begin｜>', '<｜tool▁calls▁end｜>'];
const separator = '<｜tool▁sep｜>';
const open = '<｜tool▁call▁begin｜>';
const close = '<｜tool▁call▁end｜>';
const ends = ['<｜end▁of▁sentence｜>'];
const history: HistoryShape = { hasArgumentsAsText: true, isEmptyNull: true };

/** V3, R1 and what was distilled from it: `function<｜tool▁sep｜>name`, then the arguments as a block of code. */
export const deepseekFenced: Family = {
  name: 'deepseek-fenced',
  calls: {
    open,
    close,
    around: [begin, end],
    others: [separator],
    prefix: `${begin}${open}function${separator}`,
    afterName: '\n```json\n',
    suffix: `\n\`\`\`${close}`,
    areSeveral: true,
    loose: { form: 'named', nameEnd: '```json', name: /^\s*function<｜tool▁sep｜>\s*(\S+)\s*$/u, tail: '```' },
  },
  // The template writes text beside a call behind it.
  history: { ...history, isTextApart: true },
  ends,
};

/** V3.1: name, separator, arguments. */
export const deepseek: Family = {
  name: 'deepseek',
  calls: {
    open,
    close,
    around: [begin, end],
    others: [separator],
    prefix: `${begin}${open}`,
    afterName: separator,
    suffix: close,
    areSeveral: true,
    loose: { form: 'named', nameEnd: separator, name: /^\s*(\S+)\s*$/u },
  },
  history,
  ends,
};
