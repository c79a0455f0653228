import { expect, test } from 'vitest';
import type { CustomTool, MessageParam } from '../../spec/index.ts';
import { ApiError } from '../../endpoint/errors.ts';
import { plannedFrom } from '../families/planned.fixture.ts';
import { TemplateLimitError } from './bounded-template.ts';
import { renderPrompt } from './render-prompt.ts';
import { planReply } from './reply-plan.ts';

/** Shows tools and calls as Hermes does, and runs into `failure` on the way. */
const template = (failure: { readonly tool?: string; readonly call?: string }): string =>
  [
    `{% for t in tools or [] %}${failure.tool ?? ''}<tools>{{ t | tojson }}</tools>{% endfor %}{% for m in messages %}{{ '<' + m.role + '>' }}`,
    `{% if m.tool_calls %}${failure.call ?? ''}{% for c in m.tool_calls %}<tool_call>{"name": "{{ c.function.name }}", "arguments": {{ c.function.arguments | tojson }}}{% endfor %}{% endif %}`,
    '{{ m.content }}{% endfor %}',
  ].join('');

const tool: CustomTool = {
  name: 'look',
  description: 'Looks.',
  input_schema: { type: 'object', properties: { at: { anyOf: [{ type: 'string' }, { type: 'null' }] } } },
};
const looked: MessageParam[] = [
  { role: 'user', content: 'Look.' },
  { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_01', name: 'look', input: { at: 'the sky' } }] },
  { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_01', content: 'Blue.' }] },
];

function promptOf(source: string): string {
  const model = plannedFrom(source);
  return model.textOf(planReply(model, { model: 'any', tools: [tool], messages: looked }));
}

const asItIs = '<tools>{"type": "function", "function": {"name": "look", "description": "Looks.", "parameters": {"type": "object"';

test('tools are shown as they are where the template takes them', () => {
  const prompt = promptOf(template({}));
  expect(prompt.startsWith(`${asItIs}, "properties": {"at": {"anyOf": [{"type": "string"}, {"type": "null"}]}}}}}</tools>`)).toBe(true);
});

test('a template that fails on a schema is given one without gaps', () => {
  const prompt = promptOf(template({ tool: '{% for n, p in t.function.parameters.properties.items() %}{{ p.type | upper }}{% endfor %}' }));
  expect(prompt).toMatch(/^STRING<tools>.*"type": "string", "anyOf": .*, "description": ""/u);
});

test('tools that it cannot show at all are described in the system text', () => {
  const prompt = promptOf(template({ tool: "{% if t.function.name == 'look' %}{{ raise_exception('no') }}{% endif %}" }));
  expect(prompt).toMatch(/^<system># Tools\n[^]*"name": "look"[^]*<user>Look\.<assistant><tool_call>\{"name": "look"/u);
});

test('calls that it cannot show are written by the server', () => {
  const failure = "{% if m.tool_calls[0].function.name == 'look' %}{{ raise_exception('no') }}{% endif %}";
  const prompt = promptOf(template({ call: failure }));
  expect(prompt).toContain(
    '<assistant><tool_call>\n{"name": "look", "arguments": {"at": "the sky"}}\n</tool_call><user><tool_response>\nBlue.',
  );
});

test('what it refuses in every form is refused, with the reason that it gave first', () => {
  const source = `{% if messages | length > 1 %}{{ raise_exception('too long with ' + (tools or []) | length | string) }}{% endif %}${template({})}`;
  expect(() => promptOf(source)).toThrow(
    expect.objectContaining({ status: 400, message: expect.stringContaining('too long with 1') as unknown }),
  );
});

test('the head of an answer is written where the model does not think, and not in front of what the client has begun', () => {
  const source =
    "{% for m in messages %}{{ m.role + ':' }}{{ 'all ' if m.role == 'assistant' }}{{ m.content }};{% endfor %}{{ 'assistant:' if add_generation_prompt }}";
  const model = plannedFrom(source);
  const question: MessageParam = { role: 'user', content: 'Hi' };
  const prompt = (messages: MessageParam[]): string => model.textOf(planReply(model, { model: 'any', messages }));
  expect(prompt([question])).toBe('user:Hi;assistant:all ');
  expect(model.textOf(planReply(model, { model: 'any', messages: [question], tools: [tool], tool_choice: { type: 'any' } }))).toMatch(
    /user:Hi;assistant:all <tool_call>\n\{"name": "look", "arguments": $/u,
  );
  expect(prompt([question, { role: 'assistant', content: 'Yo' }])).toBe('user:Hi;assistant:all Yo');
});

test('where the prompt opens thinking that nobody wants, it is closed once', () => {
  const source =
    "{% for m in messages %}{{ m.role + ':' }}{{ '<think>\\n</think>\\n' if m.role == 'assistant' }}{{ m.content }};{% endfor %}{{ 'assistant:<think>\\n' if add_generation_prompt }}";
  const model = plannedFrom(source);
  const plan = planReply(model, { model: 'any', messages: [{ role: 'user', content: 'Hi' }] });
  expect(model.textOf(plan)).toBe('user:Hi;assistant:<think>\n\n</think>\n\n');
});

test('where the template opens thinking in front of what the client has begun, it is closed there', () => {
  const source =
    "{% for m in messages %}{{ m.role + ':' }}{{ '<think>\\n' if m.role == 'assistant' }}{{ m.content.split('</think>')[-1] }}{% endfor %}";
  const model = plannedFrom(source);
  const messages: MessageParam[] = [
    { role: 'user', content: 'Hi' },
    { role: 'assistant', content: 'Yo' },
  ];
  const plan = planReply(model, { model: 'any', messages });
  expect([model.textOf(plan), plan.start]).toEqual(['user:Hiassistant:<think>\n\n</think>\n\nYo', 'text']);
});

test.each<[title: string, cause: Error, times: number]>([
  ['refuses is tried in every form', new Error('no'), 4],
  ['does not come to an end with is not tried again', new TemplateLimitError('too long'), 1],
])('what a template %s', (_title, cause, times) => {
  let tries = 0;
  const render = (): never => {
    tries += 1;
    throw new ApiError('invalid_request_error', 'messages: refused', { cause });
  };
  const { family, traits } = plannedFrom(template({}));
  const source = { family, traits, template: { source: '', render } };
  const prompt = (): unknown =>
    renderPrompt(source, { turns: [], endsWithPrefill: false }, { tools: [], mayCall: false, thinking: undefined });
  expect(prompt).toThrow('messages: refused');
  expect(tries).toBe(times);
});
