import { describe, expect, test } from 'vitest';
import { fakeClock } from '../../endpoint/clock.fixture.ts';
import type { EndpointRequest, Reply } from '../../endpoint/index.ts';
import { body, framesOf, get, hello, post, read, readError, readEvents, scripted } from '../../endpoint/scripted.fixture.ts';
import { faultLine } from './fault-line.ts';
import { isLoopbackName } from './loopback-host.ts';
import { type OperationOptions, operatedEndpoint } from './operated-endpoint.ts';

const stream = { ...body, stream: true };

function ask(request: EndpointRequest, options: OperationOptions = {}, backend = scripted(() => hello)): Promise<Reply> {
  return operatedEndpoint(backend, options).handle(request);
}

const withHeaders = (request: EndpointRequest, ...more: [string, string][]): EndpointRequest => ({
  ...request,
  headers: [...request.headers, ...more],
});
const headersOf = (reply: Reply): Record<string, string> => Object.fromEntries(reply.headers);

describe('/health', () => {
  test.each(['GET', 'HEAD'])('answers %s without a key', async (method) => {
    const reply = await ask({ ...get('/health'), method }, { apiKeys: ['secret'] });
    expect(read(reply)).toEqual({ status: 200, body: { status: 'ok', models: ['test-model'] } });
  });

  test('is nothing to post to', async () => {
    expect((await ask({ ...post(body), url: '/health' })).status).toBe(404);
  });
});

describe('the Host of a request', () => {
  test.each(['localhost', 'LOCALHOST:8642', 'a.localhost', '127.0.0.1:80', '127.8.9.1', '[::1]:8642', 'localhost.'])(
    '%s is the loopback',
    (host) => {
      expect(isLoopbackName(host)).toBe(true);
    },
  );

  test.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.nip.io',
    '192.168.1.2',
    'localhost@evil.example',
    '[::2]',
    '',
    'xlocalhost',
  ])('"%s" is not, and gets a 403 with the envelope', async (host) => {
    expect(isLoopbackName(host)).toBe(false);
    const reply = await ask(withHeaders(post(body), ['Host', host]));
    expect(readError(reply)).toEqual([403, 'permission_error', expect.stringContaining('--host')]);
    expect(headersOf(reply)['request-id']).toMatch(/^req_/);
  });

  test('may be any where the server was given one, and may be absent', async () => {
    expect((await ask(withHeaders(post(body), ['Host', 'models.lan']), { host: '0.0.0.0' })).status).toBe(200);
    expect((await ask(post(body))).status).toBe(200);
  });
});

describe('CORS', () => {
  const page = withHeaders(post(body), ['Origin', 'http://app.test']);
  const preflight = withHeaders(
    { ...get('/v1/messages'), method: 'OPTIONS' },
    ['Origin', 'http://app.test'],
    ['Access-Control-Request-Method', 'POST'],
    ['Access-Control-Request-Headers', 'x-api-key'],
  );

  test('is off unless asked for', async () => {
    expect(Object.keys(headersOf(await ask(page))).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect((await ask(preflight)).status).toBe(405);
  });

  test.each([['http://app.test'], ['*']])('for %s lets the page ask and read, before any key', async (origin) => {
    const options = { corsOrigins: [origin], apiKeys: ['secret'] };
    const before = await ask(preflight, options);
    expect(before.status).toBe(204);
    expect(headersOf(before)).toMatchObject({
      'access-control-allow-origin': 'http://app.test',
      'access-control-allow-headers': 'x-api-key',
    });
    expect(headersOf(await ask(page, options))).toMatchObject({ 'access-control-allow-origin': 'http://app.test', vary: 'origin' });
  });

  test('for another origin does nothing', async () => {
    expect(headersOf(await ask(page, { corsOrigins: ['http://other.test'] }))).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('the log', () => {
  async function logged(
    request: EndpointRequest,
    options: OperationOptions & { hasBodies?: boolean } = {},
    leaveAfter?: number,
  ): Promise<unknown[]> {
    const lines: string[] = [];
    let now = 0;
    const log = {
      write: (line: string) => lines.push(line),
      now: () => (now += 5),
      date: () => new Date(0),
      hasBodies: options.hasBodies ?? false,
    };
    const reply = await ask(request, { ...options, log });
    if (reply.kind === 'stream' && leaveAfter === undefined) await readEvents(reply);
    if (reply.kind === 'stream' && leaveAfter !== undefined) {
      const frames = framesOf(reply);
      for (let i = 0; i < leaveAfter; i += 1) await frames.next();
      await frames.return('end');
    }
    return lines.map((line) => JSON.parse(line));
  }
  const tokens = { input_tokens: 7, output_tokens: 2, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 };
  const head = {
    time: '1970-01-01T00:00:00.000Z',
    request_id: expect.stringMatching(/^req_/) as unknown,
    ms: 5,
    method: 'POST',
    path: '/v1/messages',
  };

  test('has one line for an answer, with what it cost', async () => {
    expect(await logged(post(body))).toEqual([{ ...head, status: 200, outcome: 'complete', ...tokens }]);
    expect(await logged(post(stream))).toEqual([{ ...head, status: 200, outcome: 'complete', ...tokens }]);
  });

  test('tells of refusals and of clients that leave', async () => {
    expect(await logged(post('{'))).toEqual([{ ...head, status: 400, outcome: 'error' }]);
    expect(await logged(withHeaders(post(body), ['host', 'evil.example']))).toEqual([{ ...head, status: 403, outcome: 'error' }]);
    expect(await logged(post(stream), {}, 2)).toMatchObject([{ status: 200, outcome: 'aborted', input_tokens: 7 }]);
  });

  test('holds no prompt, no answer, no key and no query unless asked', async () => {
    const secret = { ...withHeaders(post({ ...stream, system: 'PROMPT' }), ['x-api-key', 'KEY']), url: '/v1/messages?key=KEY' };
    const quiet = JSON.stringify(await logged(secret, { apiKeys: ['KEY'] }));
    expect(quiet).toContain('complete');
    expect(quiet).not.toMatch(/PROMPT|KEY|Hel/);
    const [entry] = await logged(secret, { apiKeys: ['KEY'], hasBodies: true });
    expect(entry).toMatchObject({
      request: expect.stringContaining('PROMPT') as unknown,
      response: expect.stringContaining('"Hel"') as unknown,
    });
    expect(JSON.stringify(entry)).not.toContain('KEY');
  });

  test('cannot be split into two lines by a path', async () => {
    expect(await logged(get('/a%0a\n{"fake":1}'))).toHaveLength(1);
  });
});

describe('an exception that becomes a 500', () => {
  const options = { date: () => new Date(0) };
  async function told(more: { readonly hasBodies?: boolean } = {}): Promise<unknown> {
    const lines: string[] = [];
    const broken = scripted(() => {
      JSON.parse('PROMPT');
      return hello;
    });
    const onError = (error: unknown, id: string): unknown => lines.push(faultLine(error, id, { ...options, ...more }));
    const reply = await ask(post(body), { onError }, broken);
    expect(readError(reply)).toEqual([500, 'api_error', 'Internal server error.']);
    expect(lines).toHaveLength(1);
    const line: unknown = JSON.parse(lines[0] ?? '');
    expect(line).toMatchObject({ request_id: headersOf(reply)['request-id'] });
    return line;
  }

  test('is told by its name and place, without words that may be the prompt', async () => {
    const line = await told();
    const at: unknown = expect.arrayContaining([expect.stringContaining('operations.test.ts')]);
    expect(line).toEqual({ time: '1970-01-01T00:00:00.000Z', request_id: expect.anything() as unknown, fault: 'SyntaxError', at });
    expect(JSON.stringify(line)).not.toContain('PROMPT');
  });

  test('is told in its own words where bodies are', async () => {
    expect(await told({ hasBodies: true })).toMatchObject({ message: expect.stringContaining('PROMPT') as unknown });
  });
});

describe('the time of a request', () => {
  async function late(request: Record<string, unknown>, saysFirst: boolean): Promise<Reply> {
    const { limitTime } = await import('./time-limit.ts');
    const { createEndpoint } = await import('../../endpoint/index.ts');
    const clock = fakeClock();
    const slow = scripted(async function* (_request, signal) {
      if (saysFirst) yield* hello.slice(0, 2);
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve());
        queueMicrotask(() => clock.advance(2000));
      });
    });
    return createEndpoint(limitTime(slow, 2000, clock)).handle(post(request));
  }

  test('that runs out before an answer is a 504', async () => {
    expect(readError(await late(body, false))).toEqual([504, 'timeout_error', expect.stringContaining('2 seconds')]);
  });

  test('that runs out in a stream is an error event', async () => {
    expect((await readEvents(await late(stream, true))).at(-1)).toMatchObject({ type: 'error', error: { type: 'timeout_error' } });
  });
});
