import { expect, test } from 'vitest';
import { chooseFamily } from './choose-family.ts';

const chat = '{% for m in messages %}<|im_start|>{{ m.role }} {{ m.content }}<|im_end|>{% endfor %}';

/** What templates write that look like those of a family, and are not. Whole templates are chosen in prompts.test.ts. */
test.each<[title: string, template: string, family: string]>([
  ['chat without tools', chat, 'plain'],
  [
    'tools as Hermes shows them, with the quotes escaped',
    String.raw`${chat}{{ "<tool_call>{\"name\": \"x\", \"arguments\": {}}" }}`,
    'hermes',
  ],
  ['arguments as XML, as Qwen 3 Coder has them', `${chat}<tool_call><function=x><parameter=y>{{ '"arguments": ' }}`, 'qwen-xml'],
  ['a function as XML without parameters', `${chat}<tool_call><function=x>{{ '"arguments": ' }}`, 'plain'],
  ['names of arguments without values', `${chat}<tool_call>x<arg_key>y</arg_key>{{ '"arguments": ' }}`, 'plain'],
  ['a list of calls in tags of its own, as Apriel has it', `${chat}<tool_calls>[<tool_call>]{{ '"arguments": ' }}`, 'plain'],
  [
    'elements one after another, written by two expressions',
    `${chat}<tool_call>{{- "<arg_key>" ~ k ~ "</arg_key>" -}}\n  {{- "<arg_value>" -}}{{ v }}</arg_value>`,
    'glm',
  ],
  [
    'elements on lines, written by two expressions',
    String.raw`${chat}<tool_call>{{- "<arg_key>" ~ k ~ "</arg_key>\n" -}} {{- "<arg_value>" -}}{{ v }}</arg_value>`,
    'glm-lines',
  ],
  ['Gemma before it had tools', '<start_of_turn>{{ role }}<end_of_turn>', 'plain'],
  ['Llama 3 before it had tools', '<|start_header_id|>{{ role }}<|end_header_id|>', 'plain'],
  ['Llama 3 that calls in tags', '<|start_header_id|>"parameters": <function=x>', 'plain'],
  ['Mistral before it had tools', '[INST] {{ content }} [/INST]', 'plain'],
  ['the tokens of DeepSeek without those of tools', '<｜User｜>{{ content }}<｜Assistant｜><think>\n', 'plain'],
])('%s', (_title, template, family) => {
  expect(chooseFamily(template).name).toBe(family);
});

test.each<[title: string, template: string, open: string | undefined]>([
  ['says nothing of thinking', chat, undefined],
  ['cuts the thinking of older answers off', `${chat}{{ content.split('</think>')[-1] }}`, '<think>'],
  ['writes brackets', `${chat}[THINK]{{ thoughts }}[/THINK]`, '[THINK]'],
  ['writes as Cohere does', `${chat}<|START_THINKING|>{{ thoughts }}<|END_THINKING|>`, '<|START_THINKING|>'],
  ['writes as MiniMax M3 does', `${chat}{{ '<mm:think>' ~ thoughts ~ '</mm:think>' }}`, '<mm:think>'],
  ['writes as Apriel does', `${chat}Here are my reasoning steps:\n{{ thoughts }}[BEGIN FINAL RESPONSE]`, 'Here are my reasoning steps:'],
])('a template that %s', (_title, template, open) => {
  expect(chooseFamily(template).thinking?.open).toBe(open);
});
