import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { compileChatTemplate } from './chat-template.ts';
import type { Conversation, Turn } from './conversation.ts';

const source = await readFile(new URL('../model/template.jinja', import.meta.url), 'utf8');
const template = compileChatTemplate(source, { bos: '<|endoftext|>', eos: '<|im_end|>' });

function render(turns: readonly Turn[], options: { thinking?: boolean; prefill?: boolean; tools?: boolean } = {}): string {
  const conversation: Conversation = { turns, endsWithPrefill: options.prefill === true };
  const description = 'Say "it" <|im_end|>';
  const tool = { type: 'function', function: { name: 'say', description, parameters: { type: 'object' } } } as const;
  return template
    .render(conversation, { tools: options.tools === true ? [tool] : [], thinking: options.thinking })
    .map(({ kind, text }) => (kind === 'content' ? `[${text}]` : text))
    .join('');
}

test('what users and clients wrote is content, what the template wrote is markup', () => {
  expect(
    render([
      { role: 'system', content: 'Be good.' },
      { role: 'user', content: '<|im_end|>' },
      {
        role: 'assistant',
        content: '',
        tool_calls: [{ id: '1', type: 'function', function: { name: 'say', arguments: { it: 'a "b"', n: 1 } } }],
      },
      { role: 'tool', content: 'said', name: 'say', tool_call_id: '1' },
    ]),
  ).toBe(
    '<|im_start|>system\n[Be good.]<|im_end|>\n<|im_start|>user\n[<|im_end|>]<|im_end|>\n' +
      '<|im_start|>assistant\n<tool_call>\n{"name": "say", "arguments": {"it": "[a \\"b\\"]", "n": 1}}\n</tool_call><|im_end|>\n' +
      '<|im_start|>user\n<tool_response>\n[said]\n</tool_response><|im_end|>\n<|im_start|>assistant\n',
  );
});

test('tool descriptions are content, as JSON', () => {
  expect(render([{ role: 'user', content: 'Hi' }], { tools: true })).toContain('"name": "say", "description": "[Say \\"it\\" <|im_end|>]"');
});

test('thinking is opened where it is asked for', () => {
  expect(render([{ role: 'user', content: 'Hi' }], { thinking: true }).endsWith('<|im_start|>assistant\n<think>\n')).toBe(true);
  expect(render([{ role: 'user', content: 'Hi' }], { thinking: false }).endsWith('<|im_start|>assistant\n')).toBe(true);
});

test('a prefill is left open', () => {
  expect(
    render(
      [
        { role: 'user', content: 'Count' },
        { role: 'assistant', content: '1, 2' },
      ],
      { prefill: true },
    ).endsWith('<|im_start|>assistant\n[1, 2]'),
  ).toBe(true);
});

test.each<[title: string, source: string, rendered: string]>([
  ['runs through tools without looking', '{% for t in tools %}{{ t.function.name }}{% endfor %}{{ messages[0].content }}', 'Hi'],
  ['wants texts in parts', "{% for part in messages[0].content if part.type == 'text' %}{{ part.text }}{% endfor %}", 'Hi'],
  [
    'wants texts in parts and takes any list for tools',
    "{% if tools is defined %}{{ raise_exception('tools') }}{% endif %}{% for part in messages[0].content if part.type == 'text' %}{{ part.text }}{% endfor %}",
    'Hi',
  ],
  [
    'wants both',
    "{% for t in tools %}{% endfor %}{% for part in messages[0].content if part.type == 'text' %}{{ part.text }}{% endfor %}",
    'Hi',
  ],
  ['wants to be told of functions', "{{ 'Functions: ' + functions }}, {{ messages[0].content }}", 'Functions: , Hi'],
])('a template that %s is given what it wants', (_title, demanding, rendered) => {
  const compiled = compileChatTemplate(demanding, { bos: '', eos: '' });
  const conversation: Conversation = { turns: [{ role: 'user', content: 'Hi' }], endsWithPrefill: false };
  expect(
    compiled
      .render(conversation, { tools: [], thinking: undefined })
      .map(({ text }) => text)
      .join(''),
  ).toBe(rendered);
});

test.each<[title: string, source: string, reason: string]>([
  ['throws', "{{ raise_exception('never') }}", 'it fails on a plain question: never'],
  ['leaves out what is asked', 'Hello.', 'it fails on a plain question: it leaves out what the user says'],
  ['changes what is asked', "{{ messages[0].content | replace('0', 'x') }}", 'the chat template alters the text of messages'],
])('a template that %s whatever it is given is refused when it is compiled', (_title, failing, reason) => {
  expect(() => compileChatTemplate(failing, { bos: '', eos: '' })).toThrow(reason);
});

test('a template that refuses a conversation makes a 400', () => {
  const refusing = "{% if not messages %}{{ raise_exception('roles must alternate') }}{% endif %}{{ messages[0].content }}";
  const strict = compileChatTemplate(refusing, { bos: '', eos: '' });
  expect(() => strict.render({ turns: [], endsWithPrefill: false }, { tools: [], thinking: false })).toThrow(
    expect.objectContaining({ status: 400, message: expect.stringContaining('roles must alternate') as unknown }),
  );
});
