/** The official SDK over the recorder: same bytes, no stray credentials, and nothing that it does ends a run. */
import type Anthropic from '@anthropic-ai/sdk';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Exchange, Step } from '../../spec/index.ts';
import { run } from '../run.ts';
import { Session, type SessionOptions } from '../session.ts';
import { httpServer, recorder } from '../wire/loopback.fixture.ts';
import type { RecorderOptions } from '../wire/recorder.ts';
import { dummyKey, loadSdk, PeerAbsentError } from './sdk.ts';
import { framed, sdkServer } from './sdk-server.fixture.ts';

const hello = { model: 'm', max_tokens: 8, messages: [{ role: 'user' as const, content: 'Say hello.' }] };
const create = async (client: Anthropic, seen: Record<string, unknown>): Promise<void> => {
  seen['message'] = await client.messages.create(hello);
};

interface Asked {
  readonly steps: readonly Step[];
  readonly exchanges: readonly Exchange[];
}

/** What is recorded of one use of the SDK. */
async function asked(
  baseUrl: string,
  names: readonly [string, ...string[]],
  use: Parameters<Session['sdk']>[2],
  {
    apiKey,
    headers = [],
    wire = {},
    hangsUp = false,
    ...more
  }: Partial<SessionOptions> & {
    readonly apiKey?: string;
    readonly headers?: readonly (readonly [string, string])[];
    readonly wire?: RecorderOptions;
    readonly hangsUp?: boolean;
  } = {},
): Promise<Asked> {
  await using made = recorder({ dummies: [dummyKey], ...(apiKey === undefined ? {} : { secrets: [apiKey] }), ...wire });
  const session = new Session({
    recorder: made,
    addressee: () => ({ baseUrl, auth: 'none', apiKey, apiVersion: '2023-06-01', headers, userAgent: 'test' }),
    modelsPath: '/v1/models',
    signal: new AbortController().signal,
    sleep: () => Promise.resolve(),
    knock: () => Promise.resolve('at-once'),
    ...more,
  });
  await session.sdk('p', names, use, { hangsUp });
  return { steps: session.steps, exchanges: session.exchanges };
}

const headerOf = ({ exchanges: [first] }: Asked, name: string): string | undefined =>
  first?.request.headers.find(([given]) => given.toLowerCase() === name)?.[1];

describe('credentials', () => {
  afterEach(() => vi.unstubAllEnvs());

  test('of the environment are not sent, nor are its headers, and the environment is as before', async () => {
    const canaries = {
      ANTHROPIC_API_KEY: 'sk-ant-canary-key-1111111111',
      ANTHROPIC_AUTH_TOKEN: 'canary-token-2222222222',
      ANTHROPIC_BASE_URL: 'http://127.0.0.1:9/canary-url',
      ANTHROPIC_CUSTOM_HEADERS: 'x-canary: canary-header-3333333333',
      ANTHROPIC_LOG: 'debug',
      ANTHROPIC_PROFILE: 'canary-profile',
    };
    for (const [name, value] of Object.entries(canaries)) vi.stubEnv(name, value);
    const lines: string[] = [];
    const spies = (['debug', 'info', 'warn', 'error'] as const).map((level) =>
      vi.spyOn(console, level).mockImplementation((...words: unknown[]) => void lines.push(words.join(' '))),
    );
    const sent: string[] = [];
    await using server = await sdkServer({ onRequest: ({ rawHeaders, url }) => sent.push(`${url} ${rawHeaders.join(' ')}`) });
    const record = await asked(server.url, ['create'], create);
    for (const spy of spies) spy.mockRestore();
    expect(sent).toHaveLength(1);
    expect(`${sent.join()}${JSON.stringify(record)}${lines.join()}`).not.toMatch(/canary/i);
    expect(lines).toEqual([]);
    expect(process.env).toMatchObject(canaries);
  });

  test('that the run has are sent as Bearer, and recorded as asterisks, also where the server echoes them', async () => {
    const apiKey = 'sk-ant-of-the-run-4444444444';
    await using server = await httpServer((request, response) => {
      const text = JSON.stringify({
        type: 'error',
        error: { type: 'authentication_error', message: String(request.headers.authorization) },
      });
      response.writeHead(401, { 'content-type': 'application/json' }).end(text);
    });
    const record = await asked(server.url, ['create'], create, { apiKey });
    expect(JSON.stringify(record)).not.toContain(apiKey);
    expect(headerOf(record, 'authorization')).toBe(`Bearer ${'*'.repeat(apiKey.length)}`);
    expect(record.steps[0]?.observed?.error).toMatchObject({ status: 401, type: 'authentication_error' });
    expect(record.steps[0]?.observed?.error?.message).toContain('*'.repeat(apiKey.length));
  });

  test('that the run does not have are a dummy, which is no secret', async () => {
    await using server = await sdkServer();
    expect(headerOf(await asked(server.url, ['create'], create), 'authorization')).toBe(`Bearer ${dummyKey}`);
  });

  test('that a header of the run holds are not contradicted', async () => {
    await using server = await sdkServer();
    const record = await asked(server.url, ['create'], create, { headers: [['x-api-key', 'given-by-a-header-55555']] });
    expect([headerOf(record, 'authorization'), headerOf(record, 'x-api-key')]).toEqual([undefined, '*'.repeat(23)]);
  });
});

describe('answers', () => {
  test('reach the SDK while they arrive', async () => {
    const seenByServer = Promise.withResolvers<void>();
    await using server = await httpServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('event: message_start\ndata: {"type":"message_start"}\n\n');
      // The rest comes when the client has had the first event.
      void seenByServer.promise.then(() => response.end('event: message_stop\ndata: {"type":"message_stop"}\n\n'));
    });
    const { steps, exchanges } = await asked(server.url, ['stream'], async (client, seen) => {
      const types: string[] = [];
      seen['types'] = types;
      for await (const { type } of await client.messages.create({ ...hello, stream: true })) {
        types.push(type);
        seenByServer.resolve();
      }
    });
    expect(steps[0]?.observed).toEqual({ exchanges: ['x1'], seen: { types: ['message_start', 'message_stop'] } });
    expect(exchanges[0]?.response?.chunks).toHaveLength(2);
  });

  const unending: Parameters<typeof httpServer>[0] = (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('event: ping\ndata: {}\n\nevent: a\ndata: {"type":"a"}\n\n');
  };
  const leave = async (client: Anthropic): Promise<void> => {
    for await (const _ of await client.messages.create({ ...hello, stream: true })) break;
  };

  test('are cut where the SDK leaves and the step says so', async () => {
    await using server = await httpServer(unending);
    const { steps, exchanges } = await asked(server.url, ['left'], leave, { hangsUp: true });
    expect([exchanges[0]?.ended, steps[0]?.hungUp, steps[0]?.observed?.error]).toEqual(['aborted-by-us', true, undefined]);
  });

  test('are recorded to their end where it does not', async () => {
    await using server = await httpServer(unending);
    const { exchanges } = await asked(server.url, ['left'], leave, { wire: { silenceMs: 50 } });
    expect(exchanges[0]?.ended).toBe('timed-out-by-us');
  });

  test('that break off are thrown by the SDK', async () => {
    await using server = await httpServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' }).write('{"id":');
      setImmediate(() => response.destroy());
    });
    const { steps, exchanges } = await asked(server.url, ['create'], create);
    expect(exchanges[0]?.ended).toBe('reset');
    expect(steps[0]?.observed?.error?.message).toBe('terminated');
  });

  test('whose arguments the SDK reads only when they are asked for may fail then', async () => {
    const events = [
      { type: 'message_start', message: { content: [], usage: {} } },
      { type: 'content_block_start', index: 0, content_block: { type: 'tool_use', id: 'toolu_1', name: 'look', input: {} } },
      { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: 'no JSON' } },
      { type: 'message_stop' },
    ];
    await using server = await httpServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(framed(events));
    });
    const { steps } = await asked(server.url, ['stream'], async (client, seen) => {
      seen['message'] = await client.messages.stream(hello).finalMessage();
    });
    expect(steps[0]?.observed).toMatchObject({ error: { classes: ['SyntaxError', 'Error'], message: expect.stringContaining('JSON') } });
  });

  test('that no Response can hold are recorded all the same', async () => {
    await using server = await httpServer((_, response) => response.writeHead(999).end('odd'));
    const { steps, exchanges } = await asked(server.url, ['create'], create);
    expect([exchanges[0]?.ended, exchanges[0]?.response?.status]).toEqual(['complete', 999]);
    expect(steps[0]?.observed?.error?.classes[0]).toBe('APIConnectionError');
  });

  test('that are nested too deep to be walked through are not recorded twice', async () => {
    const deep: unknown = JSON.parse(`${'['.repeat(2000)}${']'.repeat(2000)}`);
    await using server = await sdkServer({ message: (message) => ({ ...message, container: deep }) });
    const { steps } = await asked(server.url, ['create'], create);
    expect(steps[0]?.observed).toEqual({
      exchanges: ['x1'],
      error: { classes: [], message: 'the answer is nested deeper than 1000 levels' },
    });
  });

  test('that are too long to be recorded twice are not', async () => {
    await using server = await sdkServer({ message: (message) => ({ ...message, content: [{ type: 'text', text: 'x'.repeat(70_000) }] }) });
    const { steps } = await asked(server.url, ['create'], create);
    expect(steps[0]?.observed).toEqual({
      exchanges: ['x1'],
      error: { classes: [], message: 'more than 65536 characters, too many to be recorded' },
    });
  });
});

describe('requests', () => {
  test('are recorded as the named steps, one after the other, and no more are sent', async () => {
    await using server = await sdkServer();
    const { steps } = await asked(server.url, ['first', 'second'], async (client) => {
      for (;;) await client.messages.create(hello);
    });
    expect(steps.map(({ address }) => address)).toEqual(['p/first', 'p/second']);
    expect(steps[0]?.observed).toMatchObject({
      exchanges: ['x1', 'x2'],
      wantedMore: true,
      error: { classes: expect.arrayContaining(['APIConnectionError']) },
    });
    expect(steps[1]?.observed).toBeUndefined();
  });

  test('to a busy server are repeated, and the last is judged', async () => {
    await using server = await sdkServer({ busy: 1 });
    const { steps } = await asked(server.url, ['create'], create);
    expect(steps.map(({ address, last, busy, observed }) => [address, last, busy, observed?.error?.classes[0]])).toEqual([
      ['p/create', false, undefined, 'OverloadedError'],
      ['p/create#2', true, undefined, undefined],
    ]);
  });

  test('that are not made at all are a fault of ours', async () => {
    await using server = await sdkServer();
    await expect(asked(server.url, ['none'], () => Promise.resolve())).rejects.toThrow('the SDK sent nothing: and returned');
  });
});

describe('a package that cannot be loaded', () => {
  const missing = (name: string): Promise<never> =>
    Promise.reject(Object.assign(new Error(`Cannot find package '${name}' imported from /a/b.js`), { code: 'ERR_MODULE_NOT_FOUND' }));

  test('because it is not installed is absent', async () => {
    await expect(loadSdk(() => missing('@anthropic-ai/sdk'))).rejects.toThrow(new PeerAbsentError('@anthropic-ai/sdk is not installed'));
  });

  test('because something that it needs is missing is broken', async () => {
    await expect(loadSdk(() => missing('standardwebhooks'))).rejects.toThrow("Cannot find package 'standardwebhooks'");
  });
});

test('a run in which the SDK is not installed skips its checks, and says why', async () => {
  vi.spyOn(Session.prototype, 'sdk').mockRejectedValue(new PeerAbsentError('@anthropic-ai/sdk is not installed'));
  await using server = await sdkServer();
  const { verdicts, exitCode } = await run({ baseUrl: server.url, model: 'm', timeoutMs: 2000, only: ['sdk.*', 'messages.shape.valid'] });
  vi.restoreAllMocks();
  const own = verdicts.filter(({ check }) => check.startsWith('sdk.'));
  expect(new Set(own.map(({ outcome, reason }) => `${outcome}: ${reason}`))).toEqual(
    new Set(['skipped: @anthropic-ai/sdk is not installed']),
  );
  expect([own.length, exitCode]).toEqual([23, 0]);
});
