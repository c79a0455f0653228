/** Which family a model is of, by what its chat template writes: file names and model names say little, and fine-tunes keep neither. */
import { deepseek, deepseekFenced } from './deepseek.ts';
import type { Family } from './family.ts';
import { harmony } from './harmony.ts';
import { hermes } from './hermes.ts';
import { llama } from './llama.ts';
import { mistralList, mistralNamed } from './mistral.ts';
import { plain } from './plain.ts';
import { thinkingIn } from './thinking.ts';

/** First match wins. Every one of the marks must be in the template, and none of the others. */
const signs: readonly { readonly family: Family; readonly marks: readonly string[]; readonly not?: readonly string[] }[] = [
  { family: harmony, marks: ['<|start|>', '<|channel|>', '<|message|>', 'functions.'] },
  { family: deepseekFenced, marks: ['<｜tool▁call▁begin｜>', '```json'] },
  { family: deepseek, marks: ['<｜tool▁call▁begin｜>'] },
  { family: mistralNamed, marks: ['[TOOL_CALLS]', '[ARGS]'] },
  { family: mistralList, marks: ['[TOOL_CALLS]'] },
  { family: llama, marks: ['<|start_header_id|>', '"parameters":'], not: ['<function='] },
  // Qwen 3 Coder and GLM have the same mark around a form of their own.
  { family: hermes, marks: ['<tool_call>', '"arguments":'], not: ['<function=', '<arg_key>'] },
];

/** The family of a model with this chat template. Whatever is not known is served too: tools are then described in the prompt. */
export function chooseFamily(source: string): Family {
  // In a template's own strings quotes may be escaped.
  const template = source.replaceAll('\\', '');
  const { family = plain } =
    signs.find(({ marks, not = [] }) => marks.every((mark) => template.includes(mark)) && !not.some((mark) => template.includes(mark))) ??
    {};
  const thinking = family.thinking ?? thinkingIn(template);
  return thinking === undefined ? family : { ...family, thinking };
}
