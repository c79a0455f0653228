import { describe, expect, it } from 'vitest';
import { createEndpoint, type EndpointOptions } from './endpoint.ts';
import { body, get, headers, hello, model, post, read, readError, scripted } from './scripted.fixture.ts';
import type { EndpointRequest } from './request.ts';

const backend = scripted(() => hello);
const ask = (request: EndpointRequest, options: EndpointOptions = {}) => createEndpoint(backend, options).handle(request);
const withHeaders = (...more: readonly (readonly [string, string])[]): Partial<EndpointRequest> => ({ headers: [...headers, ...more] });
const withoutHeader = (name: string): Partial<EndpointRequest> => ({ headers: headers.filter(([other]) => other !== name) });

describe('Routes', () => {
  it.each(['/v1/messages', '/v1/messages?beta=true', '//v1/messages', 'http://any.host:1234/v1/messages?beta=true&x=%zz'])(
    'answer at %s',
    async (url) => {
      expect(read(await ask(post(body, { url }))).status).toBe(200);
    },
  );

  it('are 404 elsewhere, with an envelope', async () => {
    expect(readError(await ask(get('/v1/nope')))).toStrictEqual([
      404,
      'not_found_error',
      expect.stringContaining('nothing at GET /v1/nope'),
    ]);
    expect(readError(await ask(get('/')))[0]).toBe(404);
    expect(readError(await ask(get('/v1/models/')))[0]).toBe(404);
    expect(readError(await ask(get('/constructor')))[0]).toBe(404);
  });

  it('explain a base URL that ends in /v1', async () => {
    expect(readError(await ask(post(body, { url: '/v1/v1/messages' })))).toStrictEqual([
      404,
      'not_found_error',
      'There is nothing at POST /v1/v1/messages. The path has /v1 twice: set the base URL without /v1.',
    ]);
  });

  it.each([
    ['GET', '/v1/messages', 'POST'],
    ['OPTIONS', '/v1/messages', 'POST'],
    ['PUT', '/v1/messages/count_tokens', 'POST'],
    ['POST', '/v1/models', 'GET, HEAD'],
    ['DELETE', '/v1/models/test-model', 'GET, HEAD'],
  ])('refuse %s %s with 405 and say what is allowed', async (method, url, allow) => {
    const reply = await ask({ method, url, headers });
    expect(readError(reply).slice(0, 2)).toStrictEqual([405, 'invalid_request_error']);
    expect(reply.headers).toContainEqual(['allow', allow]);
  });

  it.each(['/', '/api/hello'])('let a client look for a server with HEAD %s, without key or version', async (url) => {
    expect(read(await ask({ method: 'HEAD', url, headers: [] }, { apiKeys: ['secret'] }))).toStrictEqual({ status: 200, body: '' });
  });
});

describe('Every reply', () => {
  it('has its own request id, which an error repeats in its body', async () => {
    const endpoint = createEndpoint(backend);
    const replies = await Promise.all([post(body), post('{'), get('/v1/models'), get('/nope')].map((request) => endpoint.handle(request)));
    const ids = replies.map((reply) => reply.headers.find(([name]) => name === 'request-id')?.[1]);
    expect(new Set(ids).size).toBe(4);
    expect(ids[0]).toMatch(/^req_[0-9A-Za-z]{24}$/);
    expect(replies[1] && read(replies[1]).body).toMatchObject({ type: 'error', request_id: ids[1] });
  });

  it('tells clients not to repeat what was wrong, and only that', async () => {
    const failing = createEndpoint(
      scripted(() => {
        throw new Error('x');
      }),
      { onError: () => undefined },
    );
    expect((await ask(post('{'))).headers).toContainEqual(['x-should-retry', 'false']);
    expect((await failing.handle(post(body))).headers.map(([name]) => name)).not.toContain('x-should-retry');
  });
});

describe('Keys', () => {
  const options = { apiKeys: ['first', 'second'] };

  it.each([
    [['x-api-key', 'first']],
    [['X-Api-Key', 'second']],
    [['authorization', 'Bearer second']],
    [['Authorization', 'bearer  first']],
  ] as const)('are accepted as %j', async (header) => {
    expect(read(await ask(post(body, withHeaders(header)), options)).status).toBe(200);
  });

  it('are accepted if one of two headers is right', async () => {
    const both = withHeaders(['x-api-key', 'wrong'], ['authorization', 'Bearer first']);
    expect(read(await ask(post(body, both), options)).status).toBe(200);
  });

  it.each([
    [['x-other', '']],
    [['x-api-key', 'wrong']],
    [['x-api-key', 'firs']],
    [['x-api-key', 'firstfirst']],
    [['x-api-key', '']],
    [['authorization', 'first']],
    [['authorization', 'Basic first']],
    [['authorization', 'Bearer']],
  ] as const)('are refused as %j', async (header) => {
    expect(readError(await ask(post(body, withHeaders(header)), options)).slice(0, 2)).toStrictEqual([401, 'authentication_error']);
  });

  it('are asked for on every route, and before anything else is judged', async () => {
    const noVersion = { headers: [] };
    const requests = [
      post('{', noVersion),
      get('/v1/models'),
      get('/v1/models/test-model'),
      post({}, { url: '/v1/messages/count_tokens' }),
      get('/nope'),
    ];
    const statuses = await Promise.all(requests.map(async (request) => readError(await ask(request, options))[0]));
    expect(statuses).toStrictEqual([401, 401, 401, 401, 401]);
  });

  it('are not asked for where none are set', async () => {
    expect(read(await ask(post(body, withHeaders(['x-api-key', 'any'])))).status).toBe(200);
  });
});

describe('The version', () => {
  it.each(['2023-06-01', '2026-10-21'])('%s is accepted', async (version) => {
    const request = post(body, { headers: [['Anthropic-Version', version]] });
    expect(read(await ask(request)).status).toBe(200);
  });

  it.each([
    ['missing', []],
    ['empty', [['anthropic-version', '']]],
    ['unknown', [['anthropic-version', '2024-01-01']]],
    [
      'sent twice',
      [
        ['anthropic-version', '2023-06-01'],
        ['anthropic-version', '2026-10-21'],
      ],
    ],
  ] as const)('is refused if %s', async (_, given) => {
    const [status, type, message] = readError(await ask(post(body, { headers: given })));
    expect([status, type]).toStrictEqual([400, 'invalid_request_error']);
    expect(message).toContain('send 2023-06-01 or 2026-10-21');
  });

  it('is asked for by the models list too', async () => {
    expect(readError(await ask({ method: 'GET', url: '/v1/models', headers: [] }))[0]).toBe(400);
  });

  it('decides what a body may hold', async () => {
    const warm = { ...body, temperature: 0.5 };
    expect(read(await ask(post(warm))).status).toBe(200);
    expect(readError(await ask(post(warm, { headers: [['anthropic-version', '2026-10-21']] })))[0]).toBe(400);
  });
});

describe('Bodies', () => {
  it.each([
    ['{', 'not valid JSON'],
    ['{"a":1,}', 'not valid JSON'],
    ['', 'empty'],
    [' \n', 'empty'],
    ['[]', 'must be a JSON object, not an array'],
    ['"text"', 'must be a JSON object, not a string'],
    ['null', 'must be a JSON object, not null'],
    [`{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`, 'nested deeper than 200 levels'],
  ])('like %.20s are refused', async (text, problem) => {
    const [status, type, message] = readError(await ask(post(text)));
    expect([status, type]).toStrictEqual([400, 'invalid_request_error']);
    expect(message).toContain(problem);
  });

  it('that are missing are refused', async () => {
    expect(readError(await ask({ method: 'POST', url: '/v1/messages', headers }))[2]).toContain('empty');
  });

  it('that are not UTF-8 are refused', async () => {
    const bytes = new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]);
    expect(readError(await ask(post('', { body: bytes })))).toStrictEqual([400, 'invalid_request_error', 'The body is not valid UTF-8.']);
  });

  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON', 'application/vnd.api+json'])(
    'are read as %s',
    async (type) => {
      const request = post(body, {
        headers: [
          ['content-type', type],
          ['anthropic-version', '2023-06-01'],
        ],
      });
      expect(read(await ask(request)).status).toBe(200);
    },
  );

  it('are read without a content type', async () => {
    expect(read(await ask(post(body, withoutHeader('content-type')))).status).toBe(200);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])(
    'are not read as "%s"',
    async (type) => {
      const request = post(body, {
        headers: [
          ['content-type', type],
          ['anthropic-version', '2023-06-01'],
        ],
      });
      expect(readError(await ask(request))[0]).toBe(400);
    },
  );

  it('that are compressed are refused in a way that clients can tell', async () => {
    const reply = await ask(post(body, withHeaders(['content-encoding', 'gzip'])));
    expect(read(reply)).toMatchObject({ status: 400, body: { error: { details: { error_code: 'request_body_encoding_unsupported' } } } });
    expect(read(await ask(post(body, withHeaders(['content-encoding', 'identity'])))).status).toBe(200);
  });

  it.each<[string, EndpointRequest]>([
    ['text', post(`{"a":"${'x'.repeat(100)}"}`)],
    ['bytes', post('', { body: new Uint8Array(101) })],
    ['a reader that gives up', post('', { body: () => Promise.resolve(undefined) })],
    ['a declared length', post(body, withHeaders(['content-length', '101']))],
  ])('that are too long are 413: %s', async (_, request) => {
    expect(readError(await ask(request, { maxBodyBytes: 100 }))).toStrictEqual([
      413,
      'request_too_large',
      'The body is larger than 100 bytes.',
    ]);
  });

  it('are not read at all where the head is refused', async () => {
    expect(readError(await ask(post('', { body: () => Promise.reject(new Error('was read')) }), { apiKeys: ['k'] }))[0]).toBe(401);
  });
});

describe('Requests', () => {
  it.each([
    [{ ...body, max_tokens: 'ten' }, 'max_tokens'],
    [{ ...body, messages: [] }, 'messages'],
    [{ ...body, messages: [{ role: 'tool', content: 'x' }] }, 'messages.0.role'],
    [{ ...body, foo: 1 }, 'foo'],
    [{ ...body, context_management: {} }, 'context_management'],
  ])('that break the schema are refused with the place: %j', async (value, place) => {
    const [status, type, message] = readError(await ask(post(value)));
    expect([status, type]).toStrictEqual([400, 'invalid_request_error']);
    expect(message).toContain(place);
  });

  it('may hold unknown fields with a beta header, or where the endpoint is not strict', async () => {
    const value = { ...body, foo: 1, context_management: { edits: [] } };
    const beta = withHeaders(['anthropic-beta', 'claude-code-20250219, context-management-2025-06-27']);
    expect(read(await ask(post(value, beta))).status).toBe(200);
    expect(read(await ask(post(value), { strict: false })).status).toBe(200);
  });

  it.each(['x', 7, [null], { type: 'text' }])('with a role that nobody knows are refused, also with a beta header: %j', async (content) => {
    const beta = withHeaders(['anthropic-beta', 'new-roles-2026-01-01']);
    const value = {
      ...body,
      messages: [
        { role: 'user', content: 'x' },
        { role: 'tool', content },
      ],
    };
    expect(readError(await ask(post(value, beta)))).toMatchObject([
      400,
      'invalid_request_error',
      expect.stringContaining('messages.1.role'),
    ]);
  });

  it('with a thread are refused in the one way from which the SDK recovers', async () => {
    const beta = withHeaders(['anthropic-beta', 'message-threads-2026-08-12']);
    for (const changes of [beta, {}]) {
      const reply = read(await ask(post({ ...body, thread: { type: 'create' } }, changes)));
      expect(reply).toMatchObject({ status: 400, body: { error: { details: { error_code: 'thread_unsupported_request' } } } });
    }
  });

  it('for an unknown model are 404 and told what there is', async () => {
    expect(readError(await ask(post({ ...body, model: 'gpt' })))).toStrictEqual([
      404,
      'not_found_error',
      'model: gpt is not served here. Served: test-model.',
    ]);
  });

  it('for more tokens than the model can give are refused', async () => {
    expect(readError(await ask(post({ ...body, max_tokens: 1001 })))[2]).toBe(
      'max_tokens: 1001 > 1000, which is the maximum for test-model',
    );
    expect(read(await ask(post({ ...body, max_tokens: 1000 }))).status).toBe(200);
  });

  it.each([
    { ...body, max_tokens: -1 },
    { ...body, model: 'gpt' },
    { ...body, messages: 'Hi' },
  ])('get a plain error also when they want a stream: %j', async (value) => {
    expect((await ask(post({ ...value, stream: true }))).kind).toBe('body');
  });

  it('for no tokens are answered without generating', async () => {
    const silent = createEndpoint(
      scripted(() => {
        throw new Error('was asked');
      }),
    );
    expect(read(await silent.handle(post({ ...body, max_tokens: 0 })))).toMatchObject({
      status: 200,
      body: { content: [], stop_reason: 'max_tokens', usage: { input_tokens: 7, output_tokens: 0 } },
    });
  });

  it('for no tokens are refused where the prompt is too long', async () => {
    const small = scripted(() => hello, { models: () => [{ ...model, max_input_tokens: 6 }] });
    expect(readError(await createEndpoint(small).handle(post({ ...body, max_tokens: 0 })))).toEqual([
      400,
      'invalid_request_error',
      'prompt is too long: 7 tokens > 6 maximum',
    ]);
  });

  it('for no tokens go to a backend that keeps prompts', async () => {
    const keeping = scripted(
      () => [
        { type: 'start', prompt: { input: 2, cacheCreation: 5 } },
        { type: 'stop', reason: 'max_tokens', outputTokens: 0 },
      ],
      { keepsPrompts: true },
    );
    expect(read(await createEndpoint(keeping).handle(post({ ...body, max_tokens: 0 })))).toMatchObject({
      status: 200,
      body: { content: [], usage: { input_tokens: 2, cache_creation_input_tokens: 5, output_tokens: 0 } },
    });
  });
});

describe('Counting', () => {
  const url = '/v1/messages/count_tokens';
  const { max_tokens: _, ...countable } = body;

  it('asks the backend and generates nothing', async () => {
    expect(read(await ask(post(countable, { url })))).toStrictEqual({ status: 200, body: { input_tokens: 7 } });
  });

  it('refuses as messages do', async () => {
    expect(readError(await ask(post({ ...countable, messages: [] }, { url })))[0]).toBe(400);
    expect(readError(await ask(post({ ...countable, max_tokens: 1 }, { url })))[0]).toBe(400);
    expect(readError(await ask(post({ ...countable, model: 'gpt' }, { url })))[0]).toBe(404);
  });
});

describe('Models', () => {
  it('are found by their id, percent-encoded or not', async () => {
    const served = scripted(() => hello, {
      models: () => [{ type: 'model', id: 'org/m:1 b', display_name: 'M', created_at: '2026-01-01T00:00:00Z' }],
    });
    for (const path of ['org%2Fm%3A1%20b', 'org/m:1%20b']) {
      expect(read(await createEndpoint(served).handle(get(`/v1/models/${path}`)))).toMatchObject({
        status: 200,
        body: { id: 'org/m:1 b' },
      });
    }
  });

  it('that do not exist are 404, and ids that cannot be read 400', async () => {
    expect(readError(await ask(get('/v1/models/gpt')))[0]).toBe(404);
    expect(readError(await ask(get('/v1/models/%E0%A4%A')))[0]).toBe(400);
  });

  it('are listed whatever else the query says', async () => {
    expect(read(await ask(get('/v1/models?limit=1&beta=true&foo[]=1')))).toMatchObject({
      status: 200,
      body: { data: [{ id: 'test-model' }], has_more: false },
    });
    expect(readError(await ask(get('/v1/models?limit=0')))[0]).toBe(400);
  });
});
