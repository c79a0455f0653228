/** How models mark their thinking. The same marks are found in families that call tools in different ways, and in models that call none. */
import type { ThinkingSyntax } from './family.ts';

/** Qwen 3, DeepSeek R1 and V3.1, QwQ, and most others. */
const tags: ThinkingSyntax = { open: '<think>', close: '</think>', opening: '<think>\n', closing: '\n</think>\n\n' };
/** Magistral. */
const brackets: ThinkingSyntax = { open: '[THINK]', close: '[/THINK]', opening: '[THINK]', closing: '[/THINK]' };
/** Command R7B, Command A Reasoning. */
const cohere: ThinkingSyntax = {
  open: '<|START_THINKING|>',
  close: '<|END_THINKING|>',
  opening: '<|START_THINKING|>',
  closing: '<|END_THINKING|>',
};
/** MiniMax M3. */
const minimax: ThinkingSyntax = { open: '<mm:think>', close: '</mm:think>', opening: '<mm:think>', closing: '</mm:think>' };
/** Apriel 1.5 and 1.6. */
const apriel: ThinkingSyntax = {
  open: 'Here are my reasoning steps:',
  close: '[BEGIN FINAL RESPONSE]',
  opening: 'Here are my reasoning steps:\n',
  closing: '\n[BEGIN FINAL RESPONSE]\n',
};

/** The marks that the template knows. The closing one: some templates only mention where to cut the thinking of older answers off. */
export function thinkingIn(template: string): ThinkingSyntax | undefined {
  return [tags, brackets, cohere, minimax, apriel].find(({ close }) => template.includes(close));
}
