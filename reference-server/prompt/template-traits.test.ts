// What a template does, told apart by rendering: each of these templates does one thing that vendors' templates were seen to do.
import { expect, test } from 'vitest';
import type { HistoryShape } from '../families/family.ts';
import { compileChatTemplate } from './chat-template.ts';
import { templateTraits, type TemplateTraits } from './template-traits.ts';

interface Habits {
  readonly system?: string;
  readonly user?: string;
  readonly answer?: string;
  readonly thought?: string;
  readonly remark?: string;
  readonly input?: string;
  readonly before?: string;
  readonly prompt?: string;
}

/** A template that shows everything, but for the habits that are given. */
function traitsOf(habits: Habits, usual: HistoryShape = {}): TemplateTraits {
  const {
    before = '',
    system = '{{ m.content }}',
    user = '{{ m.content }}',
    answer = '{{ m.content }}',
    thought = "{{ m.reasoning_content or '' }}",
    remark = "{{ m.content or '' }}",
    input = '{{ call.function.arguments | tojson }}',
    prompt = 'A:',
  } = habits;
  const template = [
    `{% for t in tools or [] %}{{ t | tojson }}{% endfor %}${before}{% for m in messages %}`,
    `{% if m.role == 'system' %}S:${system}{% elif m.role == 'user' %}U:${user}{% elif m.role == 'tool' %}R:{{ m.content }}`,
    `{% elif m.tool_calls %}A:${thought}${remark}{% for call in m.tool_calls %}{{ call.function.name }}${input}{% endfor %}`,
    `{% else %}A:${answer}{% endif %}{% endfor %}{% if add_generation_prompt %}${prompt}{% endif %}`,
  ].join('');
  return templateTraits(compileChatTemplate(template, { bos: '', eos: '' }), { history: usual });
}

const alternating =
  '{% for m in messages if not m.tool_calls and m.role != "tool" %}' +
  '{% if (m.role == "user") != (loop.index0 % 2 == 0) %}{{ raise_exception("no") }}{% endif %}{% endfor %}';

test('a template without habits is taken as it is', () => {
  expect(traitsOf({})).toEqual({
    takesSystem: true,
    takesAnswerFirst: true,
    showsTools: true,
    showsCalls: true,
    history: {},
    answerOpening: '',
  });
});

test.each<[title: string, habits: Habits, traits: Partial<TemplateTraits>, usual?: HistoryShape]>([
  // DeepSeek V3.1, where the first templates of the family wrote them as they came.
  ['makes JSON of arguments, against its family', {}, { history: { hasArgumentsAsText: false } }, { hasArgumentsAsText: true }],
  [
    'writes arguments as they come, against its family',
    { input: "{{ '' + call.function.arguments }}" },
    { history: { hasArgumentsAsText: true } },
  ],
  [
    'writes arguments as they come, as its family does',
    { input: "{{ '' + call.function.arguments }}" },
    { history: { hasArgumentsAsText: true } },
    { hasArgumentsAsText: true },
  ],
  // Ministral 3.
  [
    'wants thinking as a part',
    {
      remark: "{{ m.content if m.content is string else '' }}",
      thought: "{% if m.content is not string %}{% for part in m.content %}{{ part.thinking or '' }}{% endfor %}{% endif %}",
    },
    { history: { isThoughtPart: true } },
  ],
  // Kimi K2.
  ['knows no thinking, and writes lists as JSON', { thought: '' }, { history: {} }],
  // Hermes 2 Pro.
  ['leaves out text beside calls', { remark: '' }, { history: { isTextApart: true } }],
  // Mistral Nemo.
  [
    'leaves out text beside calls and wants turns to alternate',
    { remark: '', before: alternating },
    { history: {}, takesAnswerFirst: false },
  ],
  [
    'writes the system text into the last turn, if that is of the user',
    { system: '', user: "{% if loop.last and messages[0].role == 'system' %}{{ messages[0].content }}{% endif %}{{ m.content }}" },
    { takesSystem: false, showsCalls: true },
  ],
  ['leaves out the system text', { system: '' }, { takesSystem: false }],
  // Functionary.
  ['opens answers with a head', { answer: 'all\n{{ m.content }}' }, { answerOpening: 'all\n' }],
  ['writes a space before answers', { answer: ' {{ m.content }}' }, { answerOpening: '' }],
  ['opens thinking in its prompt', { prompt: 'A:<think>' }, { answerOpening: '' }],
])('a template that %s', (_title, habits, traits, usual) => {
  expect(traitsOf(habits, usual)).toEqual(expect.objectContaining(traits));
});

test('what a template does not show in any form is not taken for shown', () => {
  expect(traitsOf({ input: '' })).toMatchObject({ showsCalls: false, history: {} });
});
