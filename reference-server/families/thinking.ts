/** How models mark their thinking. The same marks are found in families that call tools in different ways, and in models that call none. */
import type { ThinkingSyntax } from './family.ts';

/** Qwen 3, DeepSeek R1 and V3.1, QwQ, and most others. */
const tags: ThinkingSyntax = { open: '<think>', close: '</think>', opening: '<think>\n', closing: '\n</think>\n\n' };
/** Magistral. */
const brackets: ThinkingSyntax = { open: '[THINK]', close: '[/THINK]', opening: '[THINK]', closing: '[/THINK]' };

/** The marks that the template knows. The closing one: some templates only mention where to cut the thinking of older answers off. */
export function thinkingIn(template: string): ThinkingSyntax | undefined {
  return [tags, brackets].find(({ close }) => template.includes(close));
}
