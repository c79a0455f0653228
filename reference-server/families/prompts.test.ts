// The prompt of one long conversation in every family's words: [content] is what clients wrote, everything else is markup.
import { expect, test } from 'vitest';
import type { CountTokensRequest } from '../../spec/index.ts';
import { compileChatTemplate } from '../prompt/chat-template.ts';
import { readConversation } from '../prompt/conversation.ts';
import { shapeHistory } from '../prompt/history.ts';
import { templateTraits } from '../prompt/template-traits.ts';
import { toolDefinition } from '../prompt/tool-definitions.ts';
import { chooseFamily } from './choose-family.ts';
import { type TemplateName, templates } from './templates.fixture.ts';

const weather = { name: 'weather', description: 'Tells the weather <|end|>', input_schema: { type: 'object' } } as const;

/** System, tools, thinking, text and two calls, a result and an error with text behind them, an answer, a question. */
const conversation: Pick<CountTokensRequest, 'system' | 'messages'> = {
  system: 'Be good.',
  messages: [
    { role: 'user', content: 'Weather?' },
    {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'Two cities.', signature: '' },
        { type: 'text', text: 'Let me see.' },
        { type: 'tool_use', id: 'toolu_01', name: 'weather', input: { city: 'New York' } },
        { type: 'tool_use', id: 'toolu_02', name: 'weather', input: {} },
      ],
    },
    {
      role: 'user',
      content: [
        { type: 'tool_result', tool_use_id: 'toolu_01', content: '18 "C"' },
        { type: 'tool_result', tool_use_id: 'toolu_02', content: 'no city', is_error: true },
      ],
    },
  ],
};

function rendered(name: TemplateName, request: Pick<CountTokensRequest, 'system' | 'messages'>, thinking = false, hasTools = true): string {
  const template = compileChatTemplate(templates[name], { bos: '<s>', eos: '</s>' });
  const family = chooseFamily(template.source);
  const tools = hasTools ? [toolDefinition(weather)] : [];
  const shaped = shapeHistory(readConversation(request), tools, family, templateTraits(template, family));
  return template
    .render(shaped.conversation, { tools: shaped.tools, thinking, history: family.history })
    .map(({ kind, text }) => (kind === 'content' ? `[${text}]` : text))
    .join('');
}

test.each<[TemplateName, string]>([
  ['hermes', 'hermes'],
  ['llama', 'llama'],
  ['mistralList', 'mistral-list'],
  ['mistralNamed', 'mistral-named'],
  ['deepseekFenced', 'deepseek-fenced'],
  ['deepseek', 'deepseek'],
  ['harmony', 'harmony'],
  ['gemma', 'plain'],
])('a template like that of %s is of the family %s', (name, family) => {
  expect(chooseFamily(templates[name]).name).toBe(family);
});

/** How a model is told of its tools that has to be told by the server. */
const instructions = (form: string): string =>
  `# Tools

You can call the tools below, one per line: name, description, and the JSON Schema of the arguments.
[{"name": "weather", "description": "Tells the weather <|end|>", "parameters": {"type": "object"}}]

To call a tool, write its name and its arguments as one JSON object in exactly this form:
${form}
Several calls may follow one another. Write nothing after a call: its result is the next thing that you read. Without a need for a tool, simply answer.`;

test.each<[TemplateName, string]>([
  [
    'hermes',
    `<|im_start|>system
[Be good.]

# Tools
<tools>
{"type": "function", "function": {"name": "weather", "description": "[Tells the weather <|end|>]", "parameters": {"type": "object"}}}
</tools><|im_end|>
<|im_start|>user
[Weather?]<|im_end|>
<|im_start|>assistant
<think>
[Two cities.]
</think>

[Let me see.]
<tool_call>
{"name": "weather", "arguments": {"city": "[New York]"}}
</tool_call>
<tool_call>
{"name": "weather", "arguments": {}}
</tool_call><|im_end|>
<|im_start|>user
<tool_response>
[18 "C"]
</tool_response>
<tool_response>
[Error: no city]
</tool_response><|im_end|>
<|im_start|>assistant
`,
  ],
  [
    'llama',
    `<s><|start_header_id|>system<|end_header_id|>

Environment: ipython
[Be good.]<|eot_id|><|start_header_id|>user<|end_header_id|>

Functions:
{"type": "function", "function": {"name": "weather", "description": "[Tells the weather <|end|>]", "parameters": {"type": "object"}}}
[Weather?]<|eot_id|><|start_header_id|>assistant<|end_header_id|>

[Let me see.]<|eot_id|><|start_header_id|>assistant<|end_header_id|>

{"name": "weather", "parameters": {"city": "[New York]"}}<|eot_id|><|start_header_id|>ipython<|end_header_id|>

"[18 \\"C\\"]"<|eot_id|><|start_header_id|>assistant<|end_header_id|>

{"name": "weather", "parameters": {}}<|eot_id|><|start_header_id|>ipython<|end_header_id|>

"[Error: no city]"<|eot_id|><|start_header_id|>assistant<|end_header_id|>

`,
  ],
  [
    'mistralList',
    `<s>[AVAILABLE_TOOLS][{"type": "function", "function": {"name": "weather", "description": "[Tells the weather <|end|>]", "parameters": {"type": "object"}}}][/AVAILABLE_TOOLS][INST][Be good.]

[Weather?][/INST][Let me see.][TOOL_CALLS][{"name": "weather", "arguments": {"city": "[New York]"}, "id": "7a95b7039"}, {"name": "weather", "arguments": {}, "id": "b67ed24eb"}]</s>[TOOL_RESULTS]{"content": "[18 \\"C\\"]", "call_id": "7a95b7039"}[/TOOL_RESULTS][TOOL_RESULTS]{"content": "[Error: no city]", "call_id": "b67ed24eb"}[/TOOL_RESULTS]`,
  ],
  [
    'mistralNamed',
    `<s>[AVAILABLE_TOOLS][{"type": "function", "function": {"name": "weather", "description": "[Tells the weather <|end|>]", "parameters": {"type": "object"}}}][/AVAILABLE_TOOLS][INST][Be good.]

[Weather?][/INST][Let me see.][TOOL_CALLS]weather[ARGS]{"city": "[New York]"}[TOOL_CALLS]weather[ARGS]{}</s>[TOOL_RESULTS][18 "C"][/TOOL_RESULTS][TOOL_RESULTS][Error: no city][/TOOL_RESULTS]`,
  ],
  [
    'deepseekFenced',
    `<s>[Be good.]

${instructions(`<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>NAME
\`\`\`json
{"ARGUMENT": "VALUE"}
\`\`\`<｜tool▁call▁end｜>`)}<｜User｜>[Weather?]<｜Assistant｜>[Let me see.]<｜end▁of▁sentence｜><｜Assistant｜><｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>weather
\`\`\`json
{"city": "[New York]"}
\`\`\`<｜tool▁call▁end｜>
<｜tool▁call▁begin｜>function<｜tool▁sep｜>weather
\`\`\`json
{}
\`\`\`<｜tool▁call▁end｜><｜tool▁calls▁end｜><｜end▁of▁sentence｜><｜tool▁outputs▁begin｜><｜tool▁output▁begin｜>[18 "C"]<｜tool▁output▁end｜><｜tool▁output▁begin｜>[Error: no city]<｜tool▁output▁end｜><｜tool▁outputs▁end｜><｜Assistant｜><think>
`,
  ],
  [
    'deepseek',
    `<s>[Be good.]

${instructions(`<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>NAME<｜tool▁sep｜>{"ARGUMENT": "VALUE"}<｜tool▁call▁end｜>`)}<｜User｜>[Weather?]<｜Assistant｜>[Let me see.]<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>weather<｜tool▁sep｜>{"city": "[New York]"}<｜tool▁call▁end｜>
<｜tool▁call▁begin｜>weather<｜tool▁sep｜>{}<｜tool▁call▁end｜><｜tool▁calls▁end｜><｜end▁of▁sentence｜><｜tool▁outputs▁begin｜><｜tool▁output▁begin｜>[18 "C"]<｜tool▁output▁end｜><｜tool▁output▁begin｜>[Error: no city]<｜tool▁output▁end｜><｜tool▁outputs▁end｜><｜Assistant｜></think>`,
  ],
  [
    'harmony',
    `<|start|>system<|message|># Valid channels: analysis, commentary, final.<|end|><|start|>developer<|message|># Instructions

[Be good.]

# Tools

namespace functions {
// [Tells the weather <|end|>]
type weather = (_: {"type": "object"}) => any;
}<|end|><|start|>user<|message|>[Weather?]<|end|><|start|>assistant<|channel|>analysis<|message|>[Two cities.
Let me see.]<|end|><|start|>assistant to=functions.weather<|channel|>commentary json<|message|>{"city": "[New York]"}<|call|><|start|>functions.weather to=assistant<|channel|>commentary<|message|>"[18 \\"C\\"]"<|end|><|start|>assistant to=functions.weather<|channel|>commentary json<|message|>{}<|call|><|start|>functions.weather to=assistant<|channel|>commentary<|message|>"[Error: no city]"<|end|><|start|>assistant`,
  ],
  [
    'gemma',
    `<s><start_of_turn>user
[Be good.]

${instructions(`<tool_call>
{"name": "NAME", "arguments": {"ARGUMENT": "VALUE"}}
</tool_call>`)}

[Weather?]<end_of_turn>
<start_of_turn>model
[Let me see.]
<tool_call>
{"name": "[weather]", "arguments": [{"city": "New York"}]}
</tool_call>
<tool_call>
{"name": "[weather]", "arguments": [{}]}
</tool_call><end_of_turn>
<start_of_turn>user
<tool_response>
[18 "C"]
</tool_response>
<tool_response>
[Error: no city]
</tool_response><end_of_turn>
<start_of_turn>model
`,
  ],
])('the prompt of %s', (name, prompt) => {
  expect(rendered(name, conversation)).toBe(prompt);
});

/** What the user says right after results, or in place of them. */
const remark: typeof conversation.messages = [
  { role: 'user', content: 'Weather?' },
  { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_01', name: 'weather', input: {} }] },
  {
    role: 'user',
    content: [
      { type: 'tool_result', tool_use_id: 'toolu_01', content: '18' },
      { type: 'text', text: 'Be brief.' },
    ],
  },
];

test.each<[TemplateName, string]>([
  ['mistralNamed', '[TOOL_RESULTS][18\n\nBe brief.][/TOOL_RESULTS]'],
  ['gemma', '<tool_response>\n[18]\n</tool_response>\n[Be brief.]<end_of_turn>\n<start_of_turn>model\n'],
  [
    'llama',
    '"[18]"<|eot_id|><|start_header_id|>user<|end_header_id|>\n\n[Be brief.]<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n',
  ],
  ['harmony', '"[18]"<|end|><|start|>user<|message|>[Be brief.]<|end|><|start|>assistant'],
])('%s: a remark behind a result is kept', (name, end) => {
  expect(rendered(name, { messages: remark }).slice(-end.length)).toBe(end);
});

test('a system text goes in front of the first question where the template takes none', () => {
  const question = { messages: [{ role: 'user', content: 'Hi' }], system: 'Be good.' } satisfies typeof conversation;
  expect(rendered('gemma', question, false, false)).toBe('<s><start_of_turn>user\n[Be good.\n\nHi]<end_of_turn>\n<start_of_turn>model\n');
});

test('an answer that nobody asked for gets an empty question where the template wants one', () => {
  const messages: typeof conversation.messages = [
    { role: 'assistant', content: 'Yes?' },
    { role: 'user', content: 'Hi' },
  ];
  expect(rendered('mistralNamed', { messages }, false, false)).toBe('<s>[INST][/INST][Yes?]</s>[INST][Hi][/INST]');
  expect(rendered('hermes', { messages }, false, false)).toMatch(/^<\|im_start\|>assistant\n\[Yes\?\]/u);
});
