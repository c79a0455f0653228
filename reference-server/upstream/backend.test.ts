// What a backend finds out about its engine: models, counts, limits, and what it must not be asked twice.
import { describe, expect, test } from 'vitest';
import { createUpstreamBackend } from './backend.ts';
import { engineAddress } from './engine-address.ts';
import { chunk, done, sendChunks, sendJson, startEngine } from './engine.fixture.ts';
import { talkTo, told } from './talk.fixture.ts';

const usage = (prompt: number, output = 1): { readonly usage: object } => ({ usage: { prompt_tokens: prompt, completion_tokens: output } });
const hello = [chunk({ content: 'Hi' }, { finish: 'stop', ...usage(9) }), done];
const overflow = {
  error: {
    message: "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens.",
    type: 'BadRequestError',
    code: 400,
  },
};

describe('addresses', () => {
  test.each([
    { text: 'http://a:8000/v1', api: 'http://a:8000/v1', root: 'http://a:8000' },
    { text: 'http://a:8000', api: 'http://a:8000/v1', root: 'http://a:8000' },
    { text: 'https://a/gw/v1/', api: 'https://a/gw/v1', root: 'https://a/gw' },
    { text: 'http://a/v1/chat/completions', api: 'http://a/v1', root: 'http://a' },
  ])('$text', ({ text, api, root }) => {
    expect(engineAddress(text)).toEqual({ api, root });
  });

  test.each(['a:8000', 'ftp://a', 'http://user:secret@a/v1'])('%s is refused', (text) => {
    expect(() => engineAddress(text)).toThrow(expect.objectContaining({ name: 'StartError', code: 'engine-address' }));
  });
});

describe('models', () => {
  test('are those of the engine, with the context of its list', async () => {
    await using engine = await startEngine();
    await using backend = await createUpstreamBackend({ upstream: engine.url, key: 'secret' });
    expect(backend.models()).toMatchObject([
      { id: 'm', type: 'model', display_name: 'm', created_at: '2025-10-09T08:53:20Z', max_input_tokens: 4096, max_tokens: 4096 },
    ]);
    expect(engine.asked.map(({ authorization }) => authorization)).toEqual(['Bearer secret']);
  });

  test('are listed once each, and without dates that cannot be told', async () => {
    await using engine = await startEngine({
      models: [
        { id: 'a', created: 1_760_000_000_000 },
        { id: 'a', created: 1 },
        { id: '\uD800' },
        { id: 'b', created: 253_402_300_799 },
        { id: 'c', created: 253_402_300_800 },
      ],
    });
    await using backend = await createUpstreamBackend({ upstream: engine.url });
    expect(backend.models().map(({ id, created_at }) => [id, created_at])).toEqual([
      ['a', '1970-01-01T00:00:00Z'],
      ['b', '9999-12-31T23:59:59Z'],
      ['c', '1970-01-01T00:00:00Z'],
    ]);
  });

  test('are served although nothing else is answered, and soon', async () => {
    const never = (): Promise<never> => new Promise(() => undefined);
    await using engine = await startEngine({
      owner: 'llamacpp',
      model: { max_model_len: undefined },
      routes: { '/apply-template': never, '/props': never },
    });
    await using backend = await createUpstreamBackend({ upstream: engine.url, silenceMs: 200 });
    expect(backend.models()).toMatchObject([{ id: 'm' }]);
  });

  test("have llama.cpp's context per request, not the one of their training", async () => {
    await using engine = await startEngine({
      owner: 'llamacpp',
      model: { max_model_len: undefined, meta: { n_ctx_train: 131_072 } },
      routes: { '/props': () => ({ default_generation_settings: { n_ctx: 8192 } }) },
    });
    await using backend = await createUpstreamBackend({ upstream: engine.url });
    expect(backend.models()).toMatchObject([{ max_input_tokens: 8192, max_tokens: 8192 }]);
  });

  test('of a llama.cpp that knows how are continued where an assistant message ends the request; an older one refuses', async () => {
    const message = 'Cannot set both add_generation_prompt and continue_final_message to true.';
    const knows = { '/apply-template': { error: { code: 400, message, type: 'invalid_request_error' } } };
    const messages = [
      { role: 'user', content: 'Count.' },
      { role: 'assistant', content: '1, 2,' },
    ];
    const reply = [chunk({ content: ' 3' }, { timings: { cache_n: 4, prompt_n: 5, predicted_n: 2 } }), chunk({}, { finish: 'stop' }), done];
    await using engine = await startEngine({ owner: 'llamacpp', refusals: knows, chat: (response) => sendChunks(response, reply) });
    await using client = await talkTo({ upstream: engine.url });
    expect(await client.create({ messages })).toMatchObject({ status: 200, body: { content: [{ text: ' 3' }] } });
    expect(engine.chats()).toMatchObject([{ messages, continue_final_message: true, add_generation_prompt: false }]);
    await using older = await startEngine({ owner: 'llamacpp', routes: { '/apply-template': () => ({ prompt: 'Hello' }) } });
    await using refused = await talkTo({ upstream: older.url });
    expect(await refused.create({ messages })).toMatchObject({ status: 400 });
  });

  test('an engine that serves none, or is no engine, keeps the server from starting', async () => {
    await using engine = await startEngine({ model: { id: '' } });
    await expect(createUpstreamBackend({ upstream: engine.url })).rejects.toMatchObject({ name: 'StartError', code: 'engine-unreachable' });
    await expect(createUpstreamBackend({ upstream: `${engine.url}/other` })).rejects.toMatchObject({
      message: `${engine.url}/other/v1 does not list its models. The engine says: Not Found. Is the engine up, and is this its address?`,
    });
    await engine[Symbol.asyncDispose]();
    await expect(createUpstreamBackend({ upstream: engine.url })).rejects.toMatchObject({
      message: `${engine.url} does not list its models. The engine behind this server cannot be reached. Is the engine up, and is this its address?`,
    });
  });
});

describe('counting', () => {
  test("vLLM's tokenizer renders the messages, tools included", async () => {
    await using engine = await startEngine({ routes: { '/tokenize': () => ({ count: 12, max_model_len: 4096, tokens: [] }) } });
    await using client = await talkTo({ upstream: engine.url });
    const tools = [{ name: 'a', input_schema: { type: 'object' } }];
    expect(await client.count({ tools })).toEqual({ status: 200, body: { input_tokens: 12 } });
    expect(engine.asked.at(-1)?.body).toMatchObject({
      model: 'm',
      messages: [{ role: 'user', content: 'Hi' }],
      tools: [{ function: { name: 'a' } }],
    });
  });

  test.each([-5, 0, 1.5, '12', null])('a tokenizer that counts %j is not believed', async (count) => {
    await using engine = await startEngine({
      routes: { '/tokenize': () => ({ count }) },
      chat: (response) => sendJson(response, 200, { choices: [], ...usage(21) }),
    });
    await using client = await talkTo({ upstream: engine.url });
    expect(await client.count()).toEqual({ status: 200, body: { input_tokens: 21 } });
  });

  test("llama.cpp's template renders, then its tokenizer counts", async () => {
    await using engine = await startEngine({
      owner: 'llamacpp',
      routes: {
        '/apply-template': () => ({ prompt: '<|user|>Hi' }),
        '/tokenize': ({ content }) => ({ tokens: String(content).split('') }),
      },
    });
    await using client = await talkTo({ upstream: engine.url });
    expect(await client.count()).toEqual({ status: 200, body: { input_tokens: 10 } });
  });

  test('others are asked for one token', async () => {
    await using engine = await startEngine({ owner: 'sglang', chat: (response) => sendJson(response, 200, { choices: [], ...usage(13) }) });
    await using client = await talkTo({ upstream: engine.url });
    expect(await client.count()).toEqual({ status: 200, body: { input_tokens: 13 } });
    expect(engine.chats()).toMatchObject([{ max_tokens: 1, stream: false }]);
  });

  test('so is vLLM about images, and where nothing but /v1 is let through', async () => {
    await using engine = await startEngine({ chat: (response) => sendJson(response, 200, { choices: [], ...usage(700) }) });
    await using client = await talkTo({ upstream: engine.url });
    expect(await client.count()).toEqual({ status: 200, body: { input_tokens: 700 } });
    const before = engine.asked.length;
    const image = { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } };
    expect(await client.count({ messages: [{ role: 'user', content: [image] }] })).toEqual({ status: 200, body: { input_tokens: 700 } });
    expect(engine.asked.slice(before).map(({ path }) => path)).toEqual(['/v1/chat/completions']);
  });

  test('an engine that tells no number cannot count, and says so', async () => {
    await using engine = await startEngine({ owner: 'x', chat: (response) => sendJson(response, 200, { choices: [] }) });
    await using client = await talkTo({ upstream: engine.url });
    expect(await client.count()).toMatchObject({ status: 404, body: { error: { type: 'not_found_error' } } });
  });

  test('a stream of it starts all the same, and tells at its end what came to be known', async () => {
    const counted = { ...chunk({}), choices: [], ...usage(9) };
    const chunks = [chunk({ content: 'Hi' }, { finish: 'stop' }), counted, done];
    await using engine = await startEngine({
      owner: 'x',
      chat: (response, { stream }) => (stream === true ? sendChunks(response, chunks) : sendJson(response, 500, {})),
    });
    await using client = await talkTo({ upstream: engine.url });
    expect(told(await client.stream())).toEqual(['start 0', '+0 text', '"Hi"', '-0', 'end_turn 9/1']);
  });
});

describe('a context that is too small', () => {
  test('for prompt and max_tokens together: the reply gets what is left', async () => {
    await using engine = await startEngine({
      routes: { '/tokenize': () => ({ count: 4000 }) },
      chat: (response, _body, attempt) => (attempt === 1 ? sendJson(response, 400, overflow) : sendChunks(response, hello)),
    });
    await using client = await talkTo({ upstream: engine.url });
    expect(await client.create({ max_tokens: 1000 })).toMatchObject({ status: 200, body: { stop_reason: 'end_turn' } });
    expect(engine.chats().map(({ max_tokens: limit }) => limit)).toEqual([1000, 96]);
  });

  test('for the prompt: it is too long, in the words that clients know', async () => {
    await using engine = await startEngine({
      routes: { '/tokenize': () => ({ count: 5000 }) },
      chat: (response) => sendJson(response, 400, overflow),
    });
    await using client = await talkTo({ upstream: engine.url });
    const expected = {
      status: 400,
      body: { error: { type: 'invalid_request_error', message: 'prompt is too long: 5000 tokens > 4096 maximum' } },
    };
    expect(await client.create({ stream: true })).toMatchObject(expected);
  });

  test('as llama.cpp tells it, with its numbers', async () => {
    const error = {
      code: 400,
      message: 'the request exceeds the available context size',
      type: 'exceed_context_size_error',
      n_prompt_tokens: 9000,
      n_ctx: 8192,
    };
    await using engine = await startEngine({ owner: 'llamacpp', chat: (response) => sendJson(response, 400, { error }) });
    await using client = await talkTo({ upstream: engine.url });
    expect(await client.create()).toMatchObject({
      status: 400,
      body: { error: { message: 'prompt is too long: 9000 tokens > 8192 maximum' } },
    });
  });

  test('as SGLang tells it, in the first event of a stream', async () => {
    const error = { error: { message: "The input (5000 tokens) is longer than the model's context length (4096 tokens).", code: 400 } };
    await using engine = await startEngine({ owner: 'sglang', chat: (response) => sendChunks(response, [error, done]) });
    await using client = await talkTo({ upstream: engine.url });
    expect(await client.create()).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringMatching(/^prompt is too long: /) as unknown } },
    });
  });
});

test('a template that takes no arguments is given none from then on, and thinking with it is refused', async () => {
  await using engine = await startEngine({
    chat: (response, body) =>
      body['chat_template_kwargs'] === undefined
        ? sendChunks(response, hello)
        : sendJson(response, 400, { error: { message: 'chat_template is not supported for Mistral tokenizers.' } }),
  });
  await using client = await talkTo({ upstream: engine.url });
  expect([(await client.create()).status, (await client.create()).status]).toEqual([200, 200]);
  expect(engine.chats().map((body) => 'chat_template_kwargs' in body)).toEqual([true, false, false]);
  expect(await client.create({ thinking: { type: 'adaptive' } })).toMatchObject({ status: 400 });
});

describe('an address that lists models and has no chat completions', () => {
  test.each([
    ['is told at the start', {}, ''],
    [
      'and that it speaks the Messages API itself',
      { '/v1/messages': () => ({}) },
      ' It speaks the Messages API itself: ask ROOT without this server between.',
    ],
  ])('%s', async (_title, routes, hint) => {
    await using engine = await startEngine({ hasNoChat: true, routes });
    await expect(createUpstreamBackend({ upstream: engine.url })).rejects.toMatchObject({
      code: 'engine-unusable',
      message: `${engine.url} lists models, but does not run them. The engine has no /v1/chat/completions.${hint.replace('ROOT', engine.url.replace(/\/v1$/, ''))}`,
    });
  });

  test.each([
    ['says so when it has lost them, and takes the blame off the client', {}, 'The engine has no /v1/chat/completions.'],
    [
      'speaks the Messages API itself',
      { '/v1/messages': () => ({}) },
      'The engine has no /v1/chat/completions. It speaks the Messages API itself: ask ROOT without this server between.',
    ],
  ])('%s', async (_title, routes, message) => {
    await using engine = await startEngine({ routes });
    await using client = await talkTo({ upstream: engine.url });
    const root = engine.url.replace(/\/v1$/, '');
    expect(await client.create()).toMatchObject({
      status: 500,
      body: { error: { type: 'api_error', message: message.replace('ROOT', root) } },
    });
  });

  test('is another matter than a model that has gone', async () => {
    await using engine = await startEngine({ chat: (response) => sendJson(response, 404, { message: 'The model `m` does not exist.' }) });
    await using client = await talkTo({ upstream: engine.url });
    expect(await client.create()).toMatchObject({ status: 404, body: { error: { type: 'not_found_error' } } });
  });
});
