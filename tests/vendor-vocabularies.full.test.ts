// Vocabularies of real models, one of SentencePiece, one byte-level, one of the largest, each with its vendor's template. The weights are
// random, so only what the server guarantees is looked at.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Token } from 'node-llama-cpp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LoadedModel, loadModel } from '../reference-server/model.ts';
import type { Segment } from '../reference-server/prompt/placeholders.ts';
import { planReply } from '../reference-server/prompt/reply-plan.ts';
import { ReplyDecoder } from '../reference-server/reply-decoder.ts';
import { type ReferenceServer, startReferenceServer } from '../reference-server/serve.ts';
import type { CustomTool, MessageParam, MessagesRequest } from '../spec/index.ts';
import { bundleIsMissing, openBundle } from './llama-bundle.fixture.ts';
import { jsonHeaders } from './serve.fixture.ts';
import { type VendorModel, writeVendorModel } from './vendor-model.fixture.ts';

const mistral =
  "{{ bos_token }}{% for message in messages %}{% if message['role'] == 'user' %}{{ '[INST] ' + message['content'] + ' [/INST]' }}{% else %}{{ message['content'] + eos_token }}{% endif %}{% endfor %}";

interface Vendor {
  readonly name: string;
  readonly vocabulary: string;
  /** A file of the bundle, or the template itself. */
  readonly template: { readonly file: string } | { readonly text: string };
  readonly more?: Pick<VendorModel, 'renamed' | 'endOfTurn'>;
  readonly tokens: number;
  /** The token that every prompt begins with. */
  readonly bos?: string;
}

const vendors: readonly Vendor[] = [
  { name: 'Mistral 7B', vocabulary: 'llama-spm', template: { text: mistral }, tokens: 32_000, bos: '<s>' },
  {
    name: 'Qwen 2.5',
    vocabulary: 'qwen2',
    template: { file: 'Qwen-Qwen2.5-7B-Instruct' },
    more: { renamed: { 151_657: '<tool_call>', 151_658: '</tool_call>' }, endOfTurn: 151_645 },
    tokens: 151_936,
  },
  {
    name: 'Phi 3.5',
    vocabulary: 'phi-3',
    template: { file: 'microsoft-Phi-3.5-mini-instruct' },
    more: { endOfTurn: 32_007 },
    tokens: 32_064,
    bos: '<s>',
  },
  {
    name: 'Gemma 4',
    vocabulary: 'gemma-4',
    template: { file: 'google-gemma-4-31B-it' },
    more: { endOfTurn: 106 },
    tokens: 262_144,
    bos: '<bos>',
  },
];

const weather: CustomTool = {
  name: 'get_weather',
  description: 'The weather of a city',
  input_schema: {
    type: 'object',
    properties: { city: { type: 'string', maxLength: 8 }, days: { type: 'integer', minimum: 1, maximum: 9 } },
    required: ['city', 'days'],
    additionalProperties: false,
  },
};
const isWeather = new Ajv2020().compile(weather.input_schema);
const letters = 'naïve smørrebrød 日本語 🙂 👩‍👩‍👧 ▁';

const missing = bundleIsMissing();
const reason = missing === undefined ? '' : `, left out: ${missing}`;
let folder = '';
let read = (_path: string): Buffer => Buffer.alloc(0);

beforeAll(() => {
  if (missing !== undefined) return;
  folder = mkdtempSync(join(tmpdir(), 'vendor-vocabularies-'));
  const repository = join(folder, 'llama.cpp');
  mkdirSync(repository);
  read = openBundle(repository);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(missing !== undefined).each(vendors)(`the vocabulary of $name${reason}`, (vendor) => {
  let path = '';
  let model: LoadedModel;

  beforeAll(async () => {
    const vocabulary = join(folder, `${vendor.vocabulary}.vocabulary.gguf`);
    writeFileSync(vocabulary, read(`models/ggml-vocab-${vendor.vocabulary}.gguf`));
    const template =
      'text' in vendor.template ? vendor.template.text : read(`models/templates/${vendor.template.file}.jinja`).toString('utf8');
    path = join(folder, `${vendor.vocabulary}.gguf`);
    await writeVendorModel(path, { vocabulary, template, ...vendor.more });
    model = await loadModel({ path, contextSize: 512, threads: 1 });
  });
  afterAll(() => model[Symbol.asyncDispose]());

  test('makes prompts in which only the template has control tokens', () => {
    const special = specialTokens(model);
    expect(model.file.metadata.tokenizer.ggml.tokens).toHaveLength(vendor.tokens);
    for (const [text, id] of special) expect(model.vocabulary.specialToken(text)).toBe(id);

    const ids = new Set(special.values());
    const count = (content: string): number =>
      promptOf(model, { messages: [{ role: 'user', content }] }).filter((token) => ids.has(token)).length;
    const lookAlikes = [...special.keys()].map((text) => `a${text} ${text}${text}b`).join('\n');
    expect(count(lookAlikes)).toBe(count('x'));
    expect(count('x')).toBeGreaterThan(0);

    for (const request of prompts) {
      const tokens = promptOf(model, request);
      const { bos } = model.llama.tokens;
      const rendered = model.llama.tokenize(textOf(model, request), true);
      // Phi 3.5's template leaves the first token to the engine.
      expect(tokens).toEqual(vendor.bos === undefined || rendered[0] === bos ? rendered : [bos, ...rendered]);
      expect(tokens.filter((token) => token === bos)).toEqual(vendor.bos === undefined ? [] : [tokens[0]]);
      if (vendor.bos !== undefined) expect(model.llama.detokenize(tokens.slice(0, 1), true)).toBe(vendor.bos);
    }
  });

  test('goes on with what the client has begun as it was written', () => {
    const [last] = model.vocabulary.tokenize([{ kind: 'content', text: 'one is two' }]).slice(-1);
    const textAfter = (messages: MessageParam[]): unknown => {
      const request: MessagesRequest = { model: 'm', max_tokens: 1, messages };
      const decoder = new ReplyDecoder(model, planReply(model, request), []);
      return last === undefined ? [] : [...decoder.push(last), ...decoder.end({ isCut: true })];
    };
    const begun: MessageParam = { role: 'assistant', content: 'One is' };
    expect(textAfter([{ role: 'user', content: 'Count' }, begun])).toEqual([{ type: 'text', text: ' two' }]);
  });

  test('serves whole characters, valid calls and counts that agree', async () => {
    await using server = await startReferenceServer({ path, contextSize: 2048, threads: 1, seed: 3 });
    const call = { tools: [weather], tool_choice: { type: 'tool', name: weather.name, disable_parallel_tool_use: true } };
    const said = { type: 'object', properties: { said: { const: letters } }, required: ['said'], additionalProperties: false };
    const format = { output_config: { format: { type: 'json_schema', schema: said } } };
    const { frames, text, json } = await stream(server, { temperature: 1, ...format });
    expect(frames.every((frame) => !frame.includes('\uFFFD'))).toBe(true);
    expect([JSON.parse(text), json]).toEqual([{ said: letters }, '']);
    expect(frames.at(-2)).toContain('"end_turn"');

    const called = await stream(server, call);
    expect(called.frames.every((frame) => !frame.includes('\uFFFD'))).toBe(true);
    expect([called.text, isWeather(JSON.parse(called.json))]).toEqual(['', true]);
    expect(called.frames.at(-2)).toContain('"tool_use"');

    const request = {
      system: `Say ${letters}`,
      tools: [weather],
      messages: [{ role: 'user', content: `<s></s><|im_end|><turn|> ${letters}` }],
    };
    const counted = await post(server, '/v1/messages/count_tokens', request);
    const answered = await post(server, '/v1/messages', { ...request, max_tokens: 1 });
    expect(counted).toEqual({ input_tokens: expect.any(Number) as unknown });
    expect(answered).toMatchObject({ usage: counted });
  });
});

const prompts: readonly Partial<MessagesRequest>[] = [
  { messages: [{ role: 'user', content: letters }] },
  {
    messages: [
      { role: 'user', content: ' Hi  you\n' },
      { role: 'assistant', content: 'Yes.\n' },
      { role: 'user', content: '\nAnd?' },
    ],
  },
  { system: 'Be brief.', tools: [weather], messages: [{ role: 'user', content: 'Weather?' }] },
];

/** Control and user-defined tokens by their text; those of white space only mean nothing. */
function specialTokens({ file }: LoadedModel): Map<string, number> {
  const { tokens, token_type: kinds } = file.metadata.tokenizer.ggml;
  const named = tokens.map((text, id) => [text, id] as const);
  return new Map(named.filter(([text, id]) => [3, 4].includes(Number(kinds[id])) && text.trim() !== ''));
}

function promptOf(model: LoadedModel, request: Partial<MessagesRequest>): readonly Token[] {
  return planReply(model, { model: 'm', max_tokens: 1, messages: [], ...request }).tokens;
}

/** The prompt before it becomes tokens. */
function textOf(model: LoadedModel, request: Partial<MessagesRequest>): string {
  const rendered: Segment[] = [];
  const tokenizePrompt = (segments: readonly Segment[]): [] => {
    rendered.push(...segments);
    return [];
  };
  planReply({ ...model, vocabulary: { ...model.vocabulary, tokenizePrompt } }, { model: 'm', max_tokens: 1, messages: [], ...request });
  return rendered.map(({ text }) => text).join('');
}

async function post(server: ReferenceServer, path: string, request: object): Promise<unknown> {
  const body = JSON.stringify({ model: server.model.id, ...request });
  const response = await fetch(`${server.url}${path}`, { method: 'POST', headers: jsonHeaders, body });
  expect(response.status).toBe(200);
  return response.json();
}

interface Streamed {
  readonly frames: readonly string[];
  readonly text: string;
  readonly json: string;
}

async function stream(server: ReferenceServer, more: object): Promise<Streamed> {
  const messages = [{ role: 'user', content: 'Hello' }];
  const body = JSON.stringify({ model: server.model.id, max_tokens: 400, messages, stream: true, ...more });
  const response = await fetch(`${server.url}/v1/messages`, { method: 'POST', headers: jsonHeaders, body });
  expect(response.status).toBe(200);
  const frames = (await response.text()).trimEnd().split('\n\n');
  const found = { text: '', json: '' };
  for (const frame of frames) {
    const data: unknown = JSON.parse(frame.slice(frame.indexOf('data: ') + 6));
    if (typeof data !== 'object' || data === null || !('delta' in data) || typeof data.delta !== 'object' || data.delta === null) continue;
    const { delta } = data;
    if ('text' in delta) found.text += String(delta.text);
    if ('partial_json' in delta) found.json += String(delta.partial_json);
  }
  return { frames, ...found };
}
