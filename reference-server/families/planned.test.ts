// Where a reply begins in each family: what the server writes behind the prompt, and that nothing a client writes is taken for a token.
import { describe, expect, test } from 'vitest';
import type { CountTokensRequest } from '../../spec/index.ts';
import { planReply } from '../prompt/reply-plan.ts';
import { plannedModel } from './planned.fixture.ts';
import { type TemplateName, templates } from './templates.fixture.ts';

const names = Object.keys(templates) as TemplateName[];
const look = { name: 'look', input_schema: { type: 'object' } } as const;
const request: CountTokensRequest = { model: 'm', messages: [{ role: 'user', content: 'Hi' }] };

interface Opened {
  readonly end: string;
  readonly start: string;
  readonly call?: string;
}

/** The end of the prompt from the last question on. */
function opened(name: TemplateName, more: Partial<CountTokensRequest>): Opened {
  const model = plannedModel(name);
  const plan = planReply(model, { ...request, ...more });
  const text = model.textOf(plan);
  const end = text.slice(text.lastIndexOf('Hi') + 2);
  return { end, start: plan.start, ...(plan.startedCall === undefined ? {} : { call: plan.startedCall }) };
}

const tools = [look, { ...look, name: 'listen' }];

test.each<[TemplateName, string]>([
  ['hermes', '<|im_end|>\n<|im_start|>assistant\n<tool_call>\n{"name": "'],
  ['llama', '<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n{"name": "'],
  ['mistralList', '[/INST][TOOL_CALLS][{"name": "'],
  ['mistralNamed', '[/INST][TOOL_CALLS]'],
  ['deepseekFenced', '<｜Assistant｜><think>\n\n</think>\n\n<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>'],
  ['deepseek', '<｜Assistant｜></think><｜tool▁calls▁begin｜><｜tool▁call▁begin｜>'],
  ['harmony', '<|end|><|start|>assistant<|channel|>commentary to=functions.'],
  ['gemma', '<end_of_turn>\n<start_of_turn>model\n<tool_call>\n{"name": "'],
  ['gemma4', '<turn|>\n<|turn>model\n<|channel>thought\n<channel|><|tool_call>call:'],
  ['qwenXml', '<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n<tool_call>\n<function='],
  ['glm', '<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n<tool_call>'],
  ['glmLines', '<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n<tool_call>'],
  ['minimax', '<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n<minimax:tool_call>\n<invoke name="'],
])('%s: a call that has to be made is opened', (name, end) => {
  const { afterName } = plannedModel(name).family.calls;
  expect(opened(name, { tools, tool_choice: { type: 'any' } })).toEqual({ end, start: 'call-name' });
  const chosen = opened(name, { tools, tool_choice: { type: 'tool', name: 'look' } });
  expect(chosen).toEqual({ end: `${end}look${afterName}`, start: 'call-arguments', call: 'look' });
});

test('where calls are counted, the first number is written with the name', () => {
  const chosen = opened('kimi', { tools, tool_choice: { type: 'tool', name: 'look' } });
  const end = '<think>\n\n</think>\n\n<|tool_calls_section_begin|><|tool_call_begin|>functions.look:0<|tool_call_argument_begin|>';
  expect(chosen).toEqual({ end: `<|im_end|>\n<|im_start|>assistant\n${end}`, start: 'call-arguments', call: 'look' });
  expect(opened('kimi', { tools, tool_choice: { type: 'any' } }).start).toBe('call-name');
});

const enabled = { type: 'enabled', budget_tokens: 2000 } as const;

test.each<[TemplateName, Partial<CountTokensRequest>, Opened]>([
  ['hermes', {}, { end: '<|im_end|>\n<|im_start|>assistant\n', start: 'text' }],
  ['hermes', { thinking: enabled }, { end: '<|im_end|>\n<|im_start|>assistant\n<think>\n', start: 'thinking' }],
  // The template opens thinking although nobody asked for any.
  ['deepseekFenced', {}, { end: '<｜Assistant｜><think>\n\n</think>\n\n', start: 'text' }],
  ['deepseekFenced', { thinking: enabled }, { end: '<｜Assistant｜><think>\n', start: 'thinking' }],
  ['deepseek', {}, { end: '<｜Assistant｜></think>', start: 'text' }],
  ['deepseek', { thinking: enabled }, { end: '<｜Assistant｜><think>', start: 'thinking' }],
  ['harmony', {}, { end: '<|end|><|start|>assistant<|channel|>analysis<|message|><|end|><|start|>assistant', start: 'head' }],
  ['harmony', { thinking: enabled }, { end: '<|end|><|start|>assistant', start: 'head' }],
  ['gemma4', {}, { end: '<turn|>\n<|turn>model\n<|channel>thought\n<channel|>', start: 'text' }],
  // Gemma 4 decides itself whether it thinks.
  ['gemma4', { thinking: enabled }, { end: '<turn|>\n<|turn>model\n', start: 'text' }],
  ['qwenXml', { thinking: enabled }, { end: '<|im_end|>\n<|im_start|>assistant\n<think>\n', start: 'thinking' }],
  ['gemma', {}, { end: '<end_of_turn>\n<start_of_turn>model\n', start: 'text' }],
  ['gemma', { thinking: { type: 'adaptive' } }, { end: '<end_of_turn>\n<start_of_turn>model\n', start: 'text' }],
])('%s: the reply to %j begins where it should', (name, more, expected) => {
  expect(opened(name, more)).toEqual(expected);
});

test('thinking comes before a format, also where the model would have the choice', () => {
  const output_config = { format: { type: 'json_schema', schema: {} } } as const;
  expect(opened('harmony', { thinking: enabled, output_config })).toEqual({
    end: '<|end|><|start|>assistant<|channel|>analysis<|message|>',
    start: 'thinking',
  });
});

test('a message that goes on with an answer goes on with its text', () => {
  const messages = [...request.messages, { role: 'assistant', content: 'He' } as const];
  const [first, ...others] = messages;
  expect(opened('harmony', { messages: [first!, ...others] })).toEqual({
    end: '<|end|><|start|>assistant<|channel|>final<|message|>He',
    start: 'text',
  });
});

test.each<[TemplateName, boolean]>([
  ['hermes', false],
  ['mistralList', false],
  ['mistralNamed', false],
  ['deepseek', false],
  ['gemma', false],
  ['gemma4', false],
  ['glm', false],
  ['llama', true],
  ['harmony', true],
])('%s: a call ends the reply: %s', (name, isSingleCall) => {
  expect(planReply(plannedModel(name), { ...request, tools: [look] }).isSingleCall).toBe(isSingleCall);
});

test('families without marks for thinking refuse to be made to think', () => {
  for (const name of ['llama', 'gemma', 'mistralList'] as const)
    expect(() => opened(name, { thinking: enabled })).toThrow('thinking.type: this model cannot think');
});

test.each<[TemplateName, boolean]>([
  ['hermes', true],
  ['mistralList', true],
  ['mistralNamed', true],
  ['deepseekFenced', true],
  ['deepseek', true],
  ['harmony', true],
  ['gemma4', true],
  ['qwenXml', true],
  ['glm', true],
  ['minimax', true],
  ['kimi', true],
  // A call without a mark is not seen before it is there.
  ['llama', false],
])('%s: strict tools are held when the model chooses to call: %s', (name, isHeld) => {
  const strict = { tools: [{ ...look, strict: true }] };
  const plan = (): Opened => opened(name, strict);
  if (isHeld) expect(plan).not.toThrow();
  else expect(plan).toThrow('tools.0.strict: this server cannot hold calls of this model to their schema');
  expect(() => opened(name, { ...strict, tool_choice: { type: 'any', disable_parallel_tool_use: true } })).not.toThrow();
  expect(() => opened(name, { ...strict, output_config: { format: { type: 'json_schema', schema: {} } } })).not.toThrow();
});

test('a model that may call nothing is not told how to', () => {
  const textOf = (tool_choice: CountTokensRequest['tool_choice']): string => {
    const model = plannedModel('gemma');
    return model.textOf(planReply(model, { ...request, tools: [look], ...(tool_choice === undefined ? {} : { tool_choice }) }));
  };
  expect(textOf({ type: 'auto' })).toContain('<tool_call>');
  expect(textOf({ type: 'none' })).toBe('<s><start_of_turn>user\nHi<end_of_turn>\n<start_of_turn>model\n');
});

/** A request with the same text wherever a client can put text. */
function everywhere(text: string): CountTokensRequest {
  return {
    model: 'm',
    system: text,
    tools: [
      { name: 'look', description: text, input_schema: { type: 'object', description: text, properties: { [text]: { enum: [text] } } } },
    ],
    messages: [
      { role: 'user', content: text },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: text, signature: '' },
          { type: 'text', text },
          { type: 'tool_use', id: 'toolu_1', name: 'look', input: { [text]: [text] } },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'toolu_1', content: text, is_error: true },
          { type: 'text', text },
        ],
      },
    ],
  };
}

describe.each(names)('a prompt of %s', (name) => {
  const model = plannedModel(name);
  const specials = (text: string): readonly string[] =>
    planReply(model, everywhere(text)).tokens.flatMap((token) => model.special[token] ?? []);

  test('has the same tokens whatever look-alikes of them are in its texts', () => {
    const harmless = specials('harmless');
    expect(harmless.length).toBeGreaterThan(5);
    for (const text of model.special) expect({ text, found: specials(text) }).toEqual({ text, found: harmless });
    expect(specials(model.special.join('\n'))).toEqual(harmless);
    expect(specials(`${model.family.calls.prefix}look${model.family.calls.afterName}{}${model.family.calls.suffix}`)).toEqual(harmless);
  });
});

test('a strict tool is refused where the words of the family cannot hold its schema', () => {
  const path = { type: 'string', pattern: '^<[a-z]+>$' } as const;
  const strict = { ...look, strict: true, input_schema: { ...look.input_schema, properties: { path }, required: ['path'] } };
  expect(() => opened('hermes', { tools: [strict] })).not.toThrow();
  // A value may end with a tag wherever there is a `<`.
  for (const name of ['qwenXml', 'glm', 'gemma4'] as const)
    expect(() => opened(name, { tools: [strict] })).toThrow('tools.0.input_schema: this server cannot hold the model to this schema');
});
