import { describe, expect, test } from 'vitest';
import type { Body, Exchange, RawHeader } from '../spec/index.ts';
import { evidenceOf, type EvidenceOptions } from './evidence.ts';
import { answering, recorder } from './wire/loopback.fixture.ts';

const baseUrl = 'http://127.0.0.1:8000/base';
const ask = { model: 'm', max_tokens: 8, messages: [{ role: 'user', content: 'hi' }] };
const message = { type: 'message', role: 'assistant', content: [{ type: 'text', text: 'Hello' }], stop_reason: 'end_turn' };

interface Made {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: readonly RawHeader[];
  readonly ask?: unknown;
  readonly body?: Body;
  readonly status?: number;
  readonly type?: string;
  readonly answer?: string | Body;
  readonly ended?: Exchange['ended'];
}

function exchange({
  method = 'POST',
  path = '/v1/messages',
  status = 200,
  type = 'application/json',
  answer = '{}',
  ended = 'complete',
  ...given
}: Made): Exchange {
  const body = given.body ?? (given.ask === undefined ? undefined : { kind: 'text' as const, text: JSON.stringify(given.ask) });
  return {
    id: 'x1',
    request: {
      method,
      url: `${baseUrl}${path}`,
      headers: given.headers ?? [
        ['Content-Type', 'application/json'],
        ['Anthropic-Version', '2023-06-01'],
      ],
      ...(body !== undefined && { body }),
    },
    response: {
      status,
      statusText: '',
      headers: [['Content-Type', type]],
      body: typeof answer === 'string' ? { kind: 'text', text: answer } : answer,
      chunks: [{ offset: 0, at: 5 }],
    },
    timing: { sent: 1, headers: 2, firstByte: 5, end: 9 },
    connection: { id: 1, reused: false },
    inFlight: 0,
    ended,
  };
}

const evidence = (made: Made, options: Partial<EvidenceOptions> = {}) => evidenceOf(exchange(made), [], { baseUrl, ...options });

const stream = [
  { type: 'message_start', message: { ...message, content: [], stop_reason: null } },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hello' } },
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 1 } },
  { type: 'message_stop' },
]
  .map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
  .join('');

describe('The endpoint', () => {
  test.for([
    ['POST', '/v1/messages?beta=true', 'messages'],
    ['POST', '/v1/messages/count_tokens', 'count-tokens'],
    ['GET', '/v1/models?limit=1', 'models'],
    ['GET', '/v1/models/qwen/qwen3-4b', 'model'],
    ['GET', '/v1/messages', 'other'],
    ['POST', '/v1/models', 'other'],
    ['POST', '/v1/messages/', 'other'],
    ['GET', '/v1/models/', 'other'],
    ['POST', '/anthropic/v1/messages', 'other'],
  ] as const)('of %s %s is %s', ([method, path, endpoint]) => {
    expect(evidence({ method, path }).endpoint).toBe(endpoint);
  });

  test('is below the base URL, whatever slash that ends with', () => {
    expect(evidence({}, { baseUrl: `${baseUrl}/` })).toMatchObject({ endpoint: 'messages', request: { path: '/v1/messages' } });
    expect(evidence({}, { baseUrl: 'http://127.0.0.1:8000' })).toMatchObject({ endpoint: 'other', request: { path: '/base/v1/messages' } });
    expect(evidence({}, { baseUrl: 'http://127.0.0.1:8000/bas' }).endpoint).toBe('other');
  });

  test('of a models list elsewhere is the same, and so is the canonical one', () => {
    const options = { modelsPath: '/anthropic/v1/models' };
    expect(evidence({ method: 'GET', path: '/anthropic/v1/models' }, options).endpoint).toBe('models');
    expect(evidence({ method: 'GET', path: '/anthropic/v1/models/a' }, options).endpoint).toBe('model');
    expect(evidence({ method: 'GET', path: '/v1/models' }, options).endpoint).toBe('other');
  });
});

const get = (path: string): string => evidence({ method: 'GET', path, headers: [['anthropic-version', '2023-06-01']] }).request.validity;

describe('The validity of a request', () => {
  test('is that of the specification for its body, version and betas', () => {
    expect(evidence({ ask }).request.validity).toBe('valid');
    expect(evidence({ ask: { ...ask, max_tokens: undefined } }).request.validity).toBe('invalid');
    expect(evidence({ path: '/v1/messages/count_tokens', ask: { model: 'm', messages: ask.messages } }).request.validity).toBe('valid');
    const headers: readonly RawHeader[] = [['content-type', 'application/json']];
    expect(evidence({ ask, headers: [...headers, ['anthropic-version', '1999-01-01']] }).request.validity).toBe('unknown');
    const beta: readonly RawHeader[] = [...headers, ['anthropic-version', '2023-06-01'], ['anthropic-beta', 'brand-new-2030-01-01']];
    expect(evidence({ ask: { ...ask, brand_new: 1 }, headers: beta }).request.validity).toBe('unknown');
  });

  test('without JSON is invalid, and unknown where the body is not on record or not called JSON', () => {
    expect(evidence({}).request.validity).toBe('invalid');
    expect(evidence({ body: { kind: 'text', text: '{' } }).request).toMatchObject({ validity: 'invalid', json: undefined });
    expect(evidence({ body: { kind: 'base64', base64: 'ww==', bytes: 1 } }).request.validity).toBe('invalid');
    expect(
      evidence({
        ask,
        headers: [
          ['content-type', 'application/json'],
          ['anthropic-version', '2023-06-01'],
          ['content-encoding', 'gzip'],
        ],
      }).request.validity,
    ).toBe('unknown');
    expect(evidence({ body: { kind: 'cut', head: '{', tail: '}', bytes: 2e6, sha256: '' } }).request.validity).toBe('unknown');
    expect(evidence({ ask, headers: [['content-type', 'text/plain']] }).request.validity).toBe('unknown');
  });

  test('of a GET is valid with parameters that we know', () => {
    expect(get('/v1/models')).toBe('valid');
    expect(get('/v1/models?limit=1000&after_id=a&beta=true')).toBe('valid');
    expect(get('/v1/models/a')).toBe('valid');
    for (const query of ['limit=0', 'limit=1001', 'limit=x', 'limit=1&limit=2', 'page=2', 'after_id=a&before_id=b']) {
      expect([query, get(`/v1/models?${query}`)]).toEqual([query, 'unknown']);
    }
    expect(get('/v1/models/a?limit=1')).toBe('unknown');
    expect(get('/v1/other')).toBe('unknown');
  });
});

describe('A JSON answer', () => {
  test('is the message of a valid request', () => {
    const it = evidence({ ask, answer: JSON.stringify(message), type: 'Application/JSON; charset=utf-8' });
    expect(it).toMatchObject({
      status: 200,
      mediaType: 'application/json',
      isStream: false,
      frames: [],
      json: message,
      message,
      stopReason: 'end_turn',
    });
    expect(it.header('CONTENT-TYPE')).toBe('Application/JSON; charset=utf-8');
    expect(it.request.header('anthropic-version')).toBe('2023-06-01');
  });

  test('of another status or endpoint is no message', () => {
    expect(evidence({ ask, status: 400, answer: JSON.stringify(message) })).toMatchObject({
      json: message,
      message: undefined,
      stopReason: undefined,
    });
    expect(evidence({ path: '/v1/messages/count_tokens', ask, answer: '{"input_tokens":1}' })).toMatchObject({
      json: { input_tokens: 1 },
      message: undefined,
    });
  });

  test('that does not parse leaves nothing but its text', () => {
    expect(evidence({ ask, answer: '<html>' })).toMatchObject({ text: '<html>', json: undefined, message: undefined });
    const nested = '['.repeat(300_000) + ']'.repeat(300_000);
    expect(evidence({ ask, answer: nested })).toMatchObject({ json: undefined, message: undefined, stopReason: undefined });
    expect(evidence({ ask, answer: { kind: 'base64', base64: 'ww==', bytes: 1 } })).toMatchObject({ text: undefined, json: undefined });
  });
});

describe('A stream', () => {
  test('is what was asked for as one and answered 2xx, whatever its content type', () => {
    expect(evidence({ ask: { ...ask, stream: true }, answer: stream }).isStream).toBe(true);
    expect(evidence({ ask, answer: stream, type: 'text/event-stream' }).isStream).toBe(false);
    expect(evidence({ ask: { ...ask, stream: true }, status: 400 })).toMatchObject({ isStream: false, frames: [], json: {} });
    expect(evidence({ ask: { ...ask, stream: 'true' } }).isStream).toBe(false);
  });

  test('is folded into its message', () => {
    const it = evidence({ ask: { ...ask, stream: true }, answer: stream });
    expect(it.frames).toHaveLength(6);
    expect(it.frames[0]).toMatchObject({ event: 'message_start', at: 5 });
    expect(it).toMatchObject({ json: undefined, message: { content: [{ type: 'text', text: 'Hello' }] }, stopReason: 'end_turn' });
  });

  test('of nonsense has no message and does not throw', () => {
    expect(
      evidence({ ask: { ...ask, stream: true }, answer: 'data: [DONE]\n\ndata: {"type":"content_block_delta"}\n\n' }).message,
    ).toBeUndefined();
  });
});

describe('A body that is too long for the record', () => {
  const head = stream.slice(0, 200);
  const it = evidence({ ask: { ...ask, stream: true }, answer: { kind: 'cut', head, tail: '', bytes: 2e6, sha256: '' } });

  test('is never judged for its end', () => {
    expect(it).toMatchObject({ ended: 'limit-by-us', text: undefined, json: undefined });
    expect(it.frames.at(-1)).toMatchObject({ terminated: false });
  });
});

test('An exchange without an answer is evidence too', () => {
  const { response: _response, ...unanswered } = exchange({ ask, ended: 'refused' });
  expect(evidenceOf(unanswered, [], { baseUrl, preflight: true })).toMatchObject({
    preflight: true,
    endpoint: 'messages',
    ended: 'refused',
    status: undefined,
    headers: [],
    mediaType: '',
    text: undefined,
    json: undefined,
    frames: [],
    message: undefined,
    isStream: false,
  });
});

describe('A response in a content coding', () => {
  const coded = (accepted: string, coding: string) => {
    const headers: readonly RawHeader[] = [['Accept-Encoding', accepted]];
    const made = exchange({ ask: { ...ask, stream: true }, answer: { kind: 'base64', base64: 'H4sI', bytes: 3 }, headers });
    const { response } = made;
    const answer = response && { ...response, headers: [['Content-Encoding', coding] as const] };
    return evidenceOf({ ...made, ...(answer && { response: answer }) }, [], { baseUrl });
  };

  test('that the request offered is not read', () => {
    expect(coded('gzip, br', 'GZIP')).toMatchObject({ endpoint: 'other', isStream: false, frames: [], message: undefined, status: 200 });
  });

  test('that nobody asked for is judged as it stands', () => {
    expect(coded('br', 'gzip')).toMatchObject({ endpoint: 'messages', isStream: true });
    expect(coded('gzip', 'identity')).toMatchObject({ endpoint: 'messages', isStream: true });
  });
});

test('What is derived is computed once', () => {
  const it = evidence({ ask: { ...ask, stream: true }, answer: stream });
  expect(it.frames).toBe(it.frames);
  expect(it.message).toBe(it.message);
  expect(it.request).toBe(it.request);
});

test('A record that was written and loaded gives the same evidence as the wire', async () => {
  await using server = await answering(
    `HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: ${stream.length}\r\n\r\n${stream}`,
  );
  await using wire = recorder();
  const recorded = await wire.send({
    method: 'POST',
    url: `${server.url}/v1/messages`,
    headers: [
      ['content-type', 'application/json'],
      ['anthropic-version', '2023-06-01'],
    ],
    body: Buffer.from(JSON.stringify({ ...ask, stream: true })),
  });
  const live = evidenceOf(recorded.exchange, [], { baseUrl: server.url });
  const written: Exchange = JSON.parse(JSON.stringify(recorded.exchange));
  const loaded = evidenceOf(written, [], { baseUrl: server.url });
  expect(loaded.frames).toEqual(live.frames);
  expect(loaded.message).toEqual(live.message);
  expect(loaded).toMatchObject({ stopReason: 'end_turn', mediaType: 'text/event-stream', request: { validity: 'valid' } });
});
