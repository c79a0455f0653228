/** Which family a model is of, by what its chat template writes: file names and model names say little, and fine-tunes keep neither. */
import { deepseek, deepseekFenced } from './deepseek.ts';
import type { Family } from './family.ts';
import { gemma } from './gemma.ts';
import { glm, glmLines } from './glm.ts';
import { harmony } from './harmony.ts';
import { hermes } from './hermes.ts';
import { kimi } from './kimi.ts';
import { llama } from './llama.ts';
import { minimax } from './minimax.ts';
import { mistralList, mistralNamed } from './mistral.ts';
import { plain } from './plain.ts';
import { qwenXml } from './qwen-xml.ts';
import { thinkingIn } from './thinking.ts';

/** First match wins. Every one of the marks must be in the template, and none of the others. */
const signs: readonly { readonly family: Family; readonly marks: readonly string[]; readonly not?: readonly string[] }[] = [
  { family: harmony, marks: ['<|start|>', '<|channel|>', '<|message|>', 'functions.'] },
  { family: deepseekFenced, marks: ['<｜tool▁call▁begin｜>', '```json'] },
  { family: deepseek, marks: ['<｜tool▁call▁begin｜>'] },
  { family: mistralNamed, marks: ['[TOOL_CALLS]', '[ARGS]'] },
  { family: mistralList, marks: ['[TOOL_CALLS]'] },
  { family: llama, marks: ['<|start_header_id|>', '"parameters":'], not: ['<function='] },
  { family: gemma, marks: ['<|tool_call>', '<|"|>'] },
  { family: kimi, marks: ['<|tool_calls_section_begin|>', '<|tool_call_argument_begin|>'] },
  { family: minimax, marks: ['<minimax:tool_call>', '<invoke name="'] },
  // Around forms of their own these have the mark of Hermes.
  { family: qwenXml, marks: ['<tool_call>', '<function=', '<parameter='] },
  { family: glm, marks: ['<tool_call>', '</arg_key><arg_value>'] },
  { family: glmLines, marks: ['<tool_call>', '<arg_key>', '<arg_value>'] },
  { family: hermes, marks: ['<tool_call>', '"arguments":'], not: ['<function=', '<arg_key>', '<tool_calls>'] },
];

/** The end of an expression and the beginning of the next, with nothing written between two strings. */
const joint = /["']\s*(?:-\}\}\s*\{\{-?|\}\}\s*\{\{-)\s*["']/gu;

/** The family of a model with this chat template. Whatever is not known is served too: tools are then described in the prompt. */
export function chooseFamily(source: string): Family {
  // In a template's own strings quotes may be escaped, and what is written together may be two strings.
  const template = source.replaceAll(joint, '').replaceAll('\\', '');
  const { family = plain } =
    signs.find(({ marks, not = [] }) => marks.every((mark) => template.includes(mark)) && !not.some((mark) => template.includes(mark))) ??
    {};
  const thinking = family.thinking ?? thinkingIn(template);
  return thinking === undefined ? family : { ...family, thinking };
}
