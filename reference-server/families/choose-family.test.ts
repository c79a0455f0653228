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
  ['arguments as XML, as Qwen 3 Coder has them', `${chat}<tool_call><function=x><parameter=y>{{ '"arguments": ' }}`, 'plain'],
  ['arguments as XML, as GLM has them', `${chat}<tool_call>x<arg_key>y</arg_key>{{ '"arguments": ' }}`, 'plain'],
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
])('a template that %s', (_title, template, open) => {
  expect(chooseFamily(template).thinking?.open).toBe(open);
});
