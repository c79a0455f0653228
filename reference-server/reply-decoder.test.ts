// From tokens to events, with a tokenizer in which every mark is a token and so is every other character. No weights.
import type { Token } from 'node-llama-cpp';
import { expect, test } from 'vitest';
import type { BackendEvent } from '../endpoint/backend.ts';
import type { MessagesRequest } from '../spec/index.ts';
import { plannedModel } from './families/planned.fixture.ts';
import type { TemplateName } from './families/templates.fixture.ts';
import type { LoadedModel } from './model.ts';
import { planReply } from './prompt/reply-plan.ts';
import { ReplyDecoder } from './reply-decoder.ts';

const look = { name: 'look', input_schema: { type: 'object' } } as const;

interface Setting {
  readonly decoder: ReplyDecoder;
  /** Reads what the model writes; `·` keeps marks from being tokens. */
  readonly read: (written: string) => BackendEvent[];
}

function setting(name: TemplateName, more: Partial<MessagesRequest> = {}): Setting {
  const planned = plannedModel(name);
  const request: MessagesRequest = { model: 'm', max_tokens: 9, messages: [{ role: 'user', content: 'Hi' }], ...more };
  const detokenize = (tokens: readonly Token[]): string =>
    tokens.map((token) => (planned.special[token] === undefined ? String.fromCodePoint(token - 1_000_000) : '')).join('');
  // Of the model itself a decoder only asks for text and for the end.
  const replyLimits = { thinking: Number.POSITIVE_INFINITY, reply: Number.POSITIVE_INFINITY };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  const model = { ...planned, replyLimits, llama: { detokenize, isEogToken: () => false } } as unknown as LoadedModel;
  const decoder = new ReplyDecoder(model, planReply(planned, request), []);
  const tokens = (written: string): Token[] =>
    written.split('·').flatMap((text) => planned.vocabulary.tokenize([{ kind: 'markup', text }]));
  return { decoder, read: (written) => joined(tokens(written).flatMap((token) => decoder.push(token))) };
}

/** Events with the pieces of one text joined. */
function joined(events: readonly BackendEvent[]): BackendEvent[] {
  const whole: BackendEvent[] = [];
  for (const event of events) {
    const last = whole.at(-1);
    if (event.type === 'text' && last?.type === 'text') whole[whole.length - 1] = { type: 'text', text: last.text + event.text };
    else if (event.type === 'thinking' && last?.type === 'thinking')
      whole[whole.length - 1] = { type: 'thinking', thinking: last.thinking + event.thinking };
    else if (event.type === 'tool-input' && last?.type === 'tool-input')
      whole[whole.length - 1] = { type: 'tool-input', json: last.json + event.json };
    else whole.push(event);
  }
  return whole;
}

const analysed = '<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>Yes.';

test('thinking that nobody asked for is kept back, where it cannot be prevented', () => {
  const { read } = setting('harmony');
  expect(read(analysed)).toEqual([{ type: 'text', text: 'Yes.' }]);
});

test('thinking that was asked for is signed', () => {
  const { read, decoder } = setting('harmony', { thinking: { type: 'enabled', budget_tokens: 1024 } });
  expect(read(analysed)).toMatchObject([{ type: 'thinking', thinking: 'Hm.' }, { type: 'signature' }, { type: 'text', text: 'Yes.' }]);
  expect(decoder.thinkingTokens).toBe(4);
});

test('thinking that has used its budget is closed in the words of the family', () => {
  const { read, decoder } = setting('harmony', { thinking: { type: 'enabled', budget_tokens: 2 } });
  read('<|channel|>analysis<|message|>Hm');
  const end = decoder.endOfThinking();
  expect(end?.events).toMatchObject([{ type: 'signature' }]);
  expect(end?.tokens).toEqual(plannedModel('harmony').vocabulary.tokenize([{ kind: 'markup', text: '<|end|><|start|>assistant' }]));
  expect(read('<|channel|>final<|message|>Yes.')).toEqual([{ type: 'text', text: 'Yes.' }]);
});

test('marks in plain characters are text', () => {
  expect(setting('hermes', { tools: [look] }).read('<·tool_call>{"name": "look"}')).toEqual([
    { type: 'text', text: '<tool_call>{"name": "look"}' },
  ]);
});

const output_config = { format: { type: 'json_schema', schema: {} } } as const;

test('under the grammar of a format a call may begin in plain characters, but only at the beginning', () => {
  const call = [
    { type: 'tool-start', name: 'look' },
    { type: 'tool-input', json: '{}' },
  ];
  const start = (): Setting => setting('mistralNamed', { tools: [look], output_config });
  expect(start().read('[·TOOL_CALLS]look[·ARGS]{}')).toEqual(call);
  expect(start().read('[TOOL_CALLS]look[ARGS]{}')).toEqual(call);
  expect(start().read('["[·TOOL_CALLS]look[·ARGS]{}"]')).toEqual([{ type: 'text', text: '["[TOOL_CALLS]look[ARGS]{}"]' }]);
});

test('half of such a beginning is not lost', () => {
  const { read, decoder } = setting('mistralNamed', { tools: [look], output_config });
  expect([...read('['), ...decoder.end({ isCut: true })]).toEqual([{ type: 'text', text: '[' }]);
});

test('a reply ends with the tokens of the family, also where the engine does not know them', () => {
  const { decoder } = setting('harmony');
  const { vocabulary } = plannedModel('harmony');
  const ends = ['<|call|>', '<|return|>', '<|end|>'].map((text) => decoder.isEnd(vocabulary.specialToken(text)!));
  expect(ends).toEqual([true, true, false]);
});
