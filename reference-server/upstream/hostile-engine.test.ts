// Engines that break their own protocol, refuse, or go away: a clean error each time, never a broken stream.
import type { ServerResponse } from 'node:http';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { createEndpoint } from '../../endpoint/index.ts';
import { framesOf, post } from '../../endpoint/scripted.fixture.ts';
import type { JsonObject } from '../../spec/json.ts';
import { createUpstreamBackend } from './backend.ts';
import { call, chunk, done, sendChunks, sendJson, startEngine } from './engine.fixture.ts';
import { talkTo, told } from './talk.fixture.ts';

const tools = [{ name: 'a', input_schema: { type: 'object' } }];
const counted = { usage: { prompt_tokens: 9, completion_tokens: 1 } };
const begin = chunk({ content: 'Hi' }, counted);
const begun = ['start 9', '+0 text', '"Hi"'];

interface Break {
  readonly title: string;
  readonly request?: JsonObject;
  readonly chunks: readonly unknown[];
  readonly told: readonly string[];
}

function deep(levels: number): string {
  return '['.repeat(levels) + ']'.repeat(levels);
}

const engineSent = (what: string): string => `error api_error: The engine behind this server ${what}.`;

const breaks: readonly Break[] = [
  {
    title: 'a chunk that is not JSON',
    chunks: [begin, 'data: {"choices": [\n\n'],
    told: [...begun, engineSent('sent a chunk that is not JSON')],
  },
  {
    title: 'a chunk that is no object',
    chunks: [begin, 'data: 7\n\n'],
    told: [...begun, engineSent('sent a chunk that is not an object')],
  },
  {
    title: 'a delta that is no object',
    chunks: [begin, { choices: [{ delta: 7 }] }],
    told: [...begun, engineSent('sent a chunk whose delta is not an object')],
  },
  {
    title: 'choices that are no list',
    chunks: [begin, { choices: {} }],
    told: [...begun, engineSent('sent a chunk whose choices are not a list')],
  },
  {
    title: 'text that is no string',
    chunks: [begin, chunk({ content: 7 })],
    told: [...begun, engineSent('sent text that is not a string')],
  },
  {
    title: 'tool calls that are no list',
    chunks: [begin, chunk({ tool_calls: 7 })],
    told: [...begun, engineSent('sent tool calls that are not a list')],
  },
  { title: '[DONE] before the end', chunks: [begin, done], told: [...begun, engineSent('ended its reply in the middle')] },
  {
    title: 'the end of the stream before the end of the reply',
    chunks: [begin],
    told: [...begun, engineSent('ended its reply in the middle')],
  },
  {
    title: 'an error object in the stream',
    chunks: [begin, { error: { message: 'CUDA out of memory', type: 'InternalServerError', code: 500 } }, done],
    told: [...begun, 'error api_error: The engine says: CUDA out of memory'],
  },
  {
    title: 'an error event, as SGLang has it',
    chunks: [begin, 'event: error\ndata: {"object":"error","message":"busy","code":503}\n\n'],
    told: [...begun, 'error overloaded_error: The engine says: busy'],
  },
  {
    title: 'an error field, as llama.cpp has it',
    chunks: [begin, 'error: {"code":500,"message":"failed to decode","type":"server_error"}\n\n'],
    told: [...begun, 'error api_error: The engine says: failed to decode'],
  },
  {
    title: 'an error whose code is no text',
    chunks: [begin, { error: { message: 'busy', code: { toString: false } } }],
    told: [...begun, 'error api_error: The engine says: busy'],
  },
  {
    title: 'an error whose code is a word, and its status another field',
    chunks: [begin, { error: { message: 'busy', code: 'server_busy', status: 503 } }],
    told: [...begun, 'error overloaded_error: The engine says: busy'],
  },
  {
    title: 'an error whose message nests too deep to be told',
    chunks: [begin, `data: {"error":{"message":${deep(20_000)}}}\n\n`],
    told: [...begun, 'error api_error: The engine says: status 500'],
  },
  {
    title: 'an event without end',
    chunks: [begin, 'data:\n'.repeat(300_000)],
    told: [...begun, engineSent('sent an event without end')],
  },
  {
    title: 'a reason that nobody knows',
    chunks: [begin, chunk({}, { finish: 'abort' }), done],
    told: [...begun, engineSent('ended its reply for the reason "abort"')],
  },
  {
    title: 'arguments that are not JSON',
    request: { tools },
    chunks: [chunk(call(0, '{"x": oops}', { id: 'c', name: 'a' }), counted), chunk({}, { finish: 'tool_calls' }), done],
    told: ['start 9', '+0 tool_use a', '"{"x": oops}"', engineSent('sent arguments for the tool "a" that are not a JSON object')],
  },
  {
    title: 'arguments that are not an object',
    request: { tools },
    chunks: [chunk(call(0, '[1]', { id: 'c', name: 'a' }), counted), chunk({}, { finish: 'tool_calls' }), done],
    told: ['start 9', '+0 tool_use a', '"[1]"', engineSent('sent arguments for the tool "a" that are not a JSON object')],
  },
  {
    title: 'arguments as an object that nests too deep',
    request: { tools },
    chunks: [begin, `data: {"choices":[{"delta":{"tool_calls":[{"function":{"name":"a","arguments":${deep(20_000)}}}]}}]}\n\n`],
    told: [...begun, engineSent('sent arguments for a tool that are nested too deep')],
  },
  {
    title: 'arguments that no request could send back',
    request: { tools },
    chunks: [begin, chunk(call(0, `{"x": ${deep(200)}`, { id: 'c', name: 'a' }))],
    told: [...begun, engineSent('sent arguments for a tool that are nested too deep')],
  },
  {
    title: 'an object in the arguments after an object',
    request: { tools },
    chunks: [chunk(call(0, '{}', { id: 'c', name: 'a' }), counted), chunk(call(0, ' {}')), chunk({}, { finish: 'tool_calls' }), done],
    told: ['start 9', '+0 tool_use a', '"{}"', '" {}"', engineSent('sent arguments for the tool "a" that are not a JSON object')],
  },
  {
    title: 'a call by a name that no request could send back',
    request: { tools },
    chunks: [begin, chunk(call(0, '{}', { id: 'c', name: 'a'.repeat(201) })), chunk({}, { finish: 'tool_calls' }), done],
    told: [...begun, '-0', engineSent(`called a tool by a name that none can have, "${'a'.repeat(80)}…"`)].filter((line) => line !== '-0'),
  },
  {
    title: 'calls without end',
    request: { tools },
    chunks: [
      begin,
      chunk({ tool_calls: Array.from({ length: 1001 }, (_, index) => ({ index, function: { name: 'a', arguments: '{}' } })) }),
    ],
    told: [...begun, engineSent('sent tool calls without end')],
  },
  {
    title: 'a call that has no name',
    request: { tools },
    chunks: [chunk(call(0, '{}', { id: 'c' }), counted), chunk({}, { finish: 'tool_calls' }), done],
    told: ['start 9', engineSent('sent a tool call without a name')],
  },
  {
    title: 'a call although there are no tools',
    chunks: [chunk(call(0, '{}', { id: 'c', name: 'a' }), counted), chunk({}, { finish: 'tool_calls' }), done],
    told: [engineSent('called the tool "a", although it must not call any')],
  },
  {
    title: 'no call where one is forced',
    request: { tools, tool_choice: { type: 'any' } },
    chunks: [begin, chunk({}, { finish: 'stop' }), done],
    told: ['start 9', engineSent('did not make the tool call that tool_choice asks for')],
  },
  {
    title: 'prose where a format was asked for',
    request: { output_config: { format: { type: 'json_schema', schema: { type: 'object', additionalProperties: false } } } },
    chunks: [begin, chunk({}, { finish: 'stop' }), done],
    told: [...begun, engineSent('did not keep to the format that output_config asks for')],
  },
];

describe('in the middle of a reply', () => {
  test.each(breaks)('$title', async ({ request = {}, chunks, told: expected }) => {
    await using engine = await startEngine({ chat: (response) => sendChunks(response, chunks) });
    await using client = await talkTo({ upstream: engine.url });
    const last = expected.at(-1) ?? '';
    if (expected.length > 1) expect(told(await client.stream(request))).toEqual(expected);
    const { status, body } = await client.create(request);
    const { error } = body as { readonly error: { readonly type: string; readonly message: string } };
    expect(status).toBeGreaterThanOrEqual(500);
    expect(`error ${error.type}: ${error.message}`).toBe(last);
  });

  test('the connection breaks', async () => {
    await using engine = await startEngine({
      chat(response) {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(`data: ${JSON.stringify(begin)}\n\n`, () => response.socket?.resetAndDestroy());
      },
    });
    await using client = await talkTo({ upstream: engine.url });
    expect(told(await client.stream())).toEqual([...begun, 'error api_error: The connection to the engine behind this server broke.']);
  });

  test('silence ends after its time', async () => {
    await using engine = await startEngine({
      chat(response) {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(`data: ${JSON.stringify(begin)}\n\n`);
      },
    });
    await using client = await talkTo({ upstream: engine.url, silenceMs: 50 });
    expect(told(await client.stream())).toEqual([...begun, 'error timeout_error: The engine behind this server was silent for too long.']);
  });
});

describe('after the end of a reply was announced', () => {
  const end = chunk({}, { finish: 'stop', usage: { prompt_tokens: 9, completion_tokens: 1 } });
  const complete = [...begun, '-0', 'end_turn 9/1'];

  test.each<{ readonly title: string; readonly after: (response: ServerResponse) => void }>([
    { title: 'silence', after: () => undefined },
    { title: 'a connection that breaks', after: (response) => response.write('\n', () => response.socket?.resetAndDestroy()) },
    { title: 'an error', after: (response) => response.end('data: {"error": "x"}\n\n') },
    { title: 'no JSON', after: (response) => response.end('data: {\n\n') },
  ])('$title loses nothing', async ({ after }) => {
    const left = Promise.withResolvers<void>();
    await using engine = await startEngine({
      chat(response) {
        response.on('close', left.resolve);
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        for (const one of [begin, end]) response.write(`data: ${JSON.stringify(one)}\n\n`);
        after(response);
      },
    });
    await using client = await talkTo({ upstream: engine.url, silenceMs: 50 });
    expect(told(await client.stream())).toEqual(complete);
    await left.promise;
  });
});

test('an answer that is not wanted is not kept waiting to be read', async () => {
  const left = Promise.withResolvers<void>();
  await using engine = await startEngine({
    chat(response) {
      response.on('close', left.resolve);
      response.writeHead(200, { 'content-type': 'text/html' });
      response.write('<html>');
    },
  });
  await using client = await talkTo({ upstream: engine.url });
  expect(await client.create()).toMatchObject({ status: 500 });
  await left.promise;
});

test('the key of this server stays here where the engine repeats it', async () => {
  await using engine = await startEngine({ chat: (response) => sendJson(response, 401, { error: 'No such key: engine-secret' }) });
  await using client = await talkTo({ upstream: engine.url, key: 'engine-secret' });
  const message = "The engine does not take this server's key: No such key: ***";
  expect(await client.create()).toMatchObject({ status: 500, body: { error: { message } } });
});

interface Refusal {
  readonly title: string;
  readonly send: (response: ServerResponse) => void;
  readonly status: number;
  readonly type: string;
  readonly message: string;
}

const openAi = (status: number, message: string) => (response: ServerResponse) =>
  sendJson(response, status, { error: { message, type: 'x' } });

const refusals: readonly Refusal[] = [
  {
    title: '400',
    send: openAi(400, 'top_p must be in (0, 1]'),
    status: 400,
    type: 'invalid_request_error',
    message: 'The engine says: top_p must be in (0, 1]',
  },
  {
    title: "FastAPI's 422",
    send: (response) => sendJson(response, 422, { detail: 'bad field' }),
    status: 400,
    type: 'invalid_request_error',
    message: 'The engine says: bad field',
  },
  {
    title: "401 of this server's key",
    send: openAi(401, 'Unauthorized'),
    status: 500,
    type: 'api_error',
    message: "The engine does not take this server's key: Unauthorized",
  },
  {
    title: '402 of the bill of this server',
    send: openAi(402, 'Insufficient credits'),
    status: 500,
    type: 'api_error',
    message: 'The engine says: Insufficient credits',
  },
  {
    title: '404',
    send: openAi(404, 'The model `m` does not exist.'),
    status: 404,
    type: 'not_found_error',
    message: 'The engine says: The model `m` does not exist.',
  },
  { title: '429', send: openAi(429, 'Slow down'), status: 429, type: 'rate_limit_error', message: 'The engine says: Slow down' },
  { title: '503', send: openAi(503, 'Loading model'), status: 529, type: 'overloaded_error', message: 'The engine says: Loading model' },
  { title: '500', send: openAi(500, 'Internal error'), status: 500, type: 'api_error', message: 'The engine says: Internal error' },
  {
    title: "llama.cpp's 500 for an image",
    send: openAi(500, 'image input is not supported'),
    status: 400,
    type: 'invalid_request_error',
    message: 'The engine says: image input is not supported',
  },
  {
    title: "a proxy's page",
    send: (response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<html>Bad gateway'),
    status: 529,
    type: 'overloaded_error',
    message: 'The engine says: status 502',
  },
  {
    title: 'a page instead of a stream',
    send: (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
    status: 500,
    type: 'api_error',
    message: 'The engine behind this server did not answer with an event stream.',
  },
  {
    title: 'nothing at all',
    send: (response) => response.socket?.destroy(),
    status: 500,
    type: 'api_error',
    message: 'The connection to the engine behind this server broke.',
  },
  {
    title: 'an error as the first event',
    send: (response) => sendChunks(response, [{ error: { message: 'bad grammar', code: 400 } }, done]),
    status: 400,
    type: 'invalid_request_error',
    message: 'The engine says: bad grammar',
  },
  {
    title: 'an empty stream',
    send: (response) => sendChunks(response, []),
    status: 500,
    type: 'api_error',
    message: 'The engine behind this server ended its reply in the middle.',
  },
];

test.each(refusals)('before the reply: $title', async ({ send, status, type, message }) => {
  await using engine = await startEngine({ chat: (response) => send(response) });
  await using client = await talkTo({ upstream: engine.url });
  expect(await client.create()).toMatchObject({ status, body: { type: 'error', error: { type, message } } });
});

test('retry-after is passed on', async () => {
  await using engine = await startEngine({
    chat: (response) => sendJson(response, 429, { error: { message: 'Slow' } }, { 'retry-after': '7' }),
  });
  await using backend = await createUpstreamBackend({ upstream: engine.url });
  const reply = await createEndpoint(backend).handle(
    post({ model: 'm', max_tokens: 5, stream: true, messages: [{ role: 'user', content: 'Hi' }] }),
  );
  expect([reply.status, new Headers(reply.headers.map(([name, value]): [string, string] => [name, value])).get('retry-after')]).toEqual([
    429,
    '7',
  ]);
});

test('an engine that is gone is overloaded, and says when to come back', async () => {
  const engine = await startEngine();
  await using client = await talkTo({ upstream: engine.url });
  await engine[Symbol.asyncDispose]();
  expect(await client.create()).toMatchObject({
    status: 529,
    body: { error: { type: 'overloaded_error', message: 'The engine behind this server cannot be reached.' } },
  });
});

test('a client that leaves takes its request at the engine along', async () => {
  const left = Promise.withResolvers<void>();
  await using engine = await startEngine({
    chat(response) {
      response.on('close', left.resolve);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(`data: ${JSON.stringify(begin)}\n\n`);
    },
  });
  await using backend = await createUpstreamBackend({ upstream: engine.url });
  const abort = new AbortController();
  const request = { model: 'm', max_tokens: 5, stream: true, messages: [{ role: 'user', content: 'Hi' }] };
  const frames = framesOf(await createEndpoint(backend).handle(post(request, { signal: abort.signal })));
  await frames.next();
  abort.abort();
  await expect(left.promise).resolves.toBeUndefined();
});

test('a client that leaves before the first token does, too', async () => {
  const asked = Promise.withResolvers<ServerResponse>();
  await using engine = await startEngine({ chat: (response) => asked.resolve(response) });
  await using backend = await createUpstreamBackend({ upstream: engine.url });
  const abort = new AbortController();
  const request = { model: 'm', max_tokens: 5, messages: [{ role: 'user', content: 'Hi' }] };
  const reply = createEndpoint(backend).handle(post(request, { signal: abort.signal }));
  const response = await asked.promise;
  const closed = once(response, 'close');
  abort.abort();
  await closed;
  expect((await reply).status).toBe(499);
});

test('a client that leaves while its prompt is counted does, too, and no reply is asked for', async () => {
  const asked = Promise.withResolvers<ServerResponse>();
  await using engine = await startEngine({ owner: 'somebody', chat: (response) => asked.resolve(response) });
  await using backend = await createUpstreamBackend({ upstream: engine.url });
  const abort = new AbortController();
  const request = { model: 'm', max_tokens: 5, stream: true, messages: [{ role: 'user', content: 'Hi' }] };
  const reply = createEndpoint(backend).handle(post(request, { signal: abort.signal }));
  const response = await asked.promise;
  const closed = once(response, 'close');
  abort.abort();
  await closed;
  expect((await reply).status).toBe(499);
  expect(engine.chats()).toMatchObject([{ max_tokens: 1, stream: false }]);
});

test('a stop sequence stops the engine', async () => {
  const left = Promise.withResolvers<void>();
  await using engine = await startEngine({
    chat(response) {
      response.on('close', left.resolve);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(`data: ${JSON.stringify(chunk({ content: 'one END two' }, counted))}\n\n`);
    },
  });
  await using client = await talkTo({ upstream: engine.url });
  expect(told(await client.stream({ stop_sequences: ['END'] }))).toEqual(['start 9', '+0 text', '"one "', '-0', 'stop_sequence END 9/1']);
  await left.promise;
});
