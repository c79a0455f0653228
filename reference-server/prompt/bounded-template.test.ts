import { Template } from '@huggingface/jinja';
import { expect, test } from 'vitest';
import { templates } from '../families/templates.fixture.ts';
import { BoundedTemplate, TemplateLimitError } from './bounded-template.ts';
import { compileChatTemplate } from './chat-template.ts';
import { hostile } from './hostile-templates.fixture.ts';

const messages = Array.from({ length: 40 }, (_, index) => ({ role: index % 2 === 0 ? 'user' : 'assistant', content: `turn ${index}` }));
const tools = [
  { type: 'function', function: { name: 'f', description: 'a "tool"', parameters: { type: 'object', properties: { a: {} } } } },
];

test.each(Object.entries(templates))('renders what the library renders: %s', (_name, source) => {
  for (const variables of [
    { messages, add_generation_prompt: true, bos_token: '<s>', eos_token: '</s>' },
    { messages, tools, add_generation_prompt: true, bos_token: '<s>', eos_token: '</s>' },
  ]) {
    expect(new BoundedTemplate(source).render(variables)).toBe(new Template(source).render(variables));
  }
});

test.each([
  '{% for i in range(3) %}{{ i }}{% if i == 1 %}{% break %}{% endif %}{% endfor %}{{ range(5, 1, -2) }}{{ range(2, 4)|length }}{{ range(4, 2) }}',
  '{% set ns = namespace(l=[]) %}{% for i in range(300) %}{% set ns.l = ns.l + [i] %}{% endfor %}{{ ns.l|tojson }}',
  "{{ strftime_now('%Y') }}{{ true }}{{ False }}{{ none is none }}",
  '{% macro f(n) %}{% if n > 0 %}{{ n }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(30) }}',
  '{% for i in range(600) %}{% if i is odd %}{% continue %}{% endif %}{{ i }}{% endfor %}',
])('renders what the library renders: %s', (source) => {
  expect(new BoundedTemplate(source).render({})).toBe(new Template(source).render({}));
});

test('throws what the template throws', () => {
  const template = new BoundedTemplate("{{ raise_exception('roles must alternate') }}");
  expect(() => template.render({})).toThrow(new Error('roles must alternate'));
});

test.each(hostile)('is stopped: %s', (source) => {
  const template = new BoundedTemplate(source, { steps: 10_000_000, milliseconds: 300 });
  const started = performance.now();
  expect(() => template.render({})).toThrow(TemplateLimitError);
  expect(performance.now() - started).toBeLessThan(3000);
});

test('a template that had to be stopped is stopped sooner the next time, and still renders what it can', () => {
  const template = new BoundedTemplate(
    '{% for i in range(n) %}{{ i }}{% endfor %}{% if n > 3 %}{% for i in range(10**5) %}{% for j in range(10**5) %}{{ j }}{% endfor %}{% endfor %}{% endif %}',
  );
  expect(() => template.render({ n: 4 })).toThrow(TemplateLimitError);
  const started = performance.now();
  expect(() => template.render({ n: 4 })).toThrow(/^it was stopped after 200 ms$/u);
  expect(performance.now() - started).toBeLessThan(1500);
  expect(template.render({ n: 3 })).toBe('012');
});

test('steps are counted, so that the same template is always stopped at the same place', () => {
  const template = new BoundedTemplate('{% for i in range(n) %}{{ i }}{% endfor %}', { steps: 1000, milliseconds: 60_000 });
  expect(template.render({ n: 50 })).toContain('49');
  expect(() => template.render({ n: 500 })).toThrow('it was stopped after 1000 steps');
});

test('a model with such a template is refused at its start', () => {
  expect(() => compileChatTemplate('{% for i in range(10**9) %}{% endfor %}', { bos: '', eos: '' })).toThrow(
    'it fails on a plain question: it was stopped after 10000000 steps',
  );
});

test('a conversation with which it does not end is a 400', () => {
  const source = '{% for m in messages %}{{ m.role }}{{ m.content }}{% endfor %}{% if messages|length > 2 %}{{ range(10**9) }}{% endif %}';
  const template = compileChatTemplate(source, { bos: '', eos: '' });
  const turn = { role: 'user', content: 'Hello' } as const;
  const options = { tools: [], thinking: undefined };
  expect(template.render({ turns: [turn], endsWithPrefill: false }, options)).toHaveLength(2);
  expect(() => template.render({ turns: [turn, turn, turn], endsWithPrefill: false }, options)).toThrow(
    "messages: the model's chat template does not come to an end with this conversation: it was stopped after 10000000 steps",
  );
});
