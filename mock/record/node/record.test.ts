// A recorder between a real client and a real server, then a replay in the place of both.
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { listen } from '../../../endpoint/node/index.ts';
import { isJsonObject } from '../../../spec/json.ts';
import { createMock } from '../../create-mock.ts';
import type { Recording } from '../recording.ts';
import { recordTo, type Recorder } from './record-to.ts';
import { replayFrom } from './replay-from.ts';

const headers = { 'content-type': 'application/json', 'anthropic-version': '2023-06-01', 'x-api-key': 'canary-key-0123456789' };

function folderForTest(): string {
  return mkdtempSync(join(tmpdir(), 'recordings-'));
}

/** The content of every file, and what a hunter of secrets would read. */
function recordingsIn(folder: string): readonly (readonly [name: string, recording: Recording])[] {
  return readdirSync(folder).map((name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8')) as Recording]);
}

function everythingIn(folder: string): string {
  return readdirSync(folder)
    .map((name) => name + readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

/** A server that answers as told. */
async function upstream(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function recorderFor(
  url: string,
  folder: string,
): Promise<{ readonly url: string; readonly recorder: Recorder; readonly notes: string[] }> {
  const notes: string[] = [];
  const recorder = recordTo(folder, { upstream: url, onNote: (note) => notes.push(note) });
  const server = await listen(recorder);
  onTestFinished(() => server.close());
  return { url: server.url, recorder, notes };
}

function post(url: string, body: unknown, more: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(url, { method: 'POST', headers: { ...headers, ...more }, body: JSON.stringify(body) });
}

const ask = (prompt: string, more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> => ({
  model: 'mock-model',
  max_tokens: 100,
  messages: [{ role: 'user', content: prompt }],
  ...more,
});

async function errorOf(response: Response): Promise<string> {
  const envelope: unknown = await response.json();
  const error = isJsonObject(envelope) ? envelope['error'] : undefined;
  return isJsonObject(error) ? String(error['message']) : '';
}

describe('What was recorded', () => {
  test('is answered by the replay, byte for byte: JSON, stream, list and error', async () => {
    const folder = folderForTest();
    const { url } = await recorderFor((await listening(createMock())).url, folder);
    const exchange = async (base: string): Promise<readonly unknown[]> => {
      const responses = [
        await post(`${base}/v1/messages`, ask('Count to 5.')),
        await post(`${base}/v1/messages?beta=true`, ask('Say "naïve 👩‍👩‍👧 日本語"', { stream: true })),
        await fetch(`${base}/v1/models?limit=2`, { headers }),
        await post(`${base}/v1/messages`, ask('Hi', { max_tokens: 0.5 })),
      ];
      return Promise.all(responses.map(async (response) => [response.status, response.headers.get('request-id'), await response.text()]));
    };
    const first = await exchange(url);
    expect(readdirSync(folder)).toEqual([
      '0001-post-v1-messages.json',
      '0002-post-v1-messages.json',
      '0003-get-v1-models.json',
      '0004-post-v1-messages.json',
    ]);
    const replay = replayFrom(folder);
    expect(await exchange((await listening(replay)).url)).toEqual(first);
    expect(replay.drifts).toEqual([]);
  });

  test('is readable: the body as JSON, the stream as text with times, the status, the ending', async () => {
    const folder = folderForTest();
    const { url } = await recorderFor((await listening(createMock())).url, folder);
    await (await post(`${url}/v1/messages`, ask('Say hi', { stream: true }))).text();
    const [[, recording] = raise()] = recordingsIn(folder);
    expect(recording.request).toMatchObject({ method: 'POST', target: '/v1/messages', json: ask('Say hi', { stream: true }) });
    expect(recording.response).toMatchObject({ status: 200, headMs: expect.any(Number), chunks: expect.any(Array) });
    expect(recording.response.chunks?.[0]).toEqual({
      at: expect.any(Number),
      text: expect.stringMatching(/^event: message_start\ndata: \{"type":/),
    });
    expect(recording.ending).toBe('complete');
  });

  test('goes on after the last number of the folder', async () => {
    const folder = folderForTest();
    writeFileSync(join(folder, '0041-post-v1-messages.json'), '{}');
    const { url } = await recorderFor((await listening(createMock())).url, folder);
    await (await fetch(`${url}/v1/models/local%2Fmock-model:mini`, { headers })).text();
    expect(readdirSync(folder)).toContain('0042-get-v1-models-local-2fmock-model-mini.json');
  });
});

describe('The client of a recorder', () => {
  test('gets each piece when the server sends it, and the file is there before the end is', async () => {
    const folder = folderForTest();
    const answering = Promise.withResolvers<ServerResponse>();
    const { url } = await recorderFor(
      await upstream((_, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write('event: ping\n');
        answering.resolve(response);
      }),
      folder,
    );
    const reader = (await post(`${url}/v1/messages`, {})).body?.getReader() ?? raise();
    const next = async (): Promise<string | undefined> => {
      const { value } = await reader.read();
      return value && new TextDecoder().decode(value);
    };
    const response = await answering.promise;
    expect(await next()).toBe('event: ping\n');
    response.write('data: {}\n\n');
    expect(await next()).toBe('data: {}\n\n');
    response.end();
    expect(await next()).toBeUndefined();
    const [[, recording] = raise()] = recordingsIn(folder);
    expect(recording.response.chunks?.map((chunk) => chunk.text)).toEqual(['event: ping\n', 'data: {}\n\n']);
    const [first = 0, second = 0] = recording.response.chunks?.map(({ at }) => at) ?? [];
    expect(second).toBeGreaterThan(first);
  });

  test('is passed on with its headers and its exact body, but for what belongs to the connection', async () => {
    const heard = Promise.withResolvers<readonly [IncomingMessage, string]>();
    const { url } = await recorderFor(
      await upstream(async (request, response) => {
        heard.resolve([request, await text(request)]);
        response.end('{}');
      }),
      folderForTest(),
    );
    const body = '{ "b": 1.0,\n "a": "\\u00fc" }';
    await fetch(`${url}/v1/messages?beta=true&x=a%20b`, {
      method: 'POST',
      headers: { ...headers, 'x-mock-scope': 's', 'X-Tenant': 't' },
      body,
    });
    const [request, sent] = await heard.promise;
    expect(sent).toBe(body);
    expect(request.url).toBe('/v1/messages?beta=true&x=a%20b');
    expect(request.headers).toMatchObject({ 'x-api-key': headers['x-api-key'], 'x-tenant': 't', 'accept-encoding': 'identity' });
    expect(request.headers.host).not.toBe(new URL(url).host);
    expect(request.headers['x-mock-scope']).toBeUndefined();
  });

  test('reads text where the server compresses without being asked', async () => {
    const folder = folderForTest();
    const { url } = await recorderFor(
      await upstream((_, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
        response.end(gzipSync('{"zipped":true}'));
      }),
      folder,
    );
    expect(await (await post(`${url}/v1/messages`, {})).text()).toBe('{"zipped":true}');
    expect(recordingsIn(folder)[0]?.[1].response.json).toEqual({ zipped: true });
  });

  test.each<[codings: string, body: Buffer]>([
    ['x-gzip', gzipSync('{"zipped":true}')],
    ['gzip, gzip', gzipSync(gzipSync('{"zipped":true}'))],
  ])('reads text that was compressed by other names, or twice: %s', async (codings, body) => {
    const { url } = await recorderFor(
      await upstream((_, response) => void response.writeHead(200, { 'content-encoding': codings }).end(body)),
      folderForTest(),
    );
    expect(await (await post(`${url}/v1/messages`, {})).text()).toBe('{"zipped":true}');
  });

  test.each(['snappy', 'constructor', '__proto__'])('passes on what it cannot unpack as it is: %s', async (encoding) => {
    const { url } = await recorderFor(
      await upstream((_, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding }).end('{}');
      }),
      folderForTest(),
    );
    const response = await post(`${url}/v1/messages`, {});
    expect([response.headers.get('content-encoding'), await response.text()]).toEqual([encoding, '{}']);
  });

  test('sees the server break the stream, and sees it again in the replay', async () => {
    const folder = folderForTest();
    const { url } = await recorderFor(
      await upstream((_, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write('event: ping\ndata: {}\n\n', () => response.socket?.resetAndDestroy());
      }),
      folder,
    );
    expect(await outcomeOf(`${url}/v1/messages`)).toEqual({ text: 'event: ping\ndata: {}\n\n', code: 'ECONNRESET' });
    expect(recordingsIn(folder)[0]?.[1].ending).toBe('reset');
    const { url: replayed } = await listening(replayFrom(folder));
    expect(await outcomeOf(`${replayed}/v1/messages`)).toEqual({ text: 'event: ping\ndata: {}\n\n', code: 'ECONNRESET' });
  });

  test('that leaves ends the upstream too, and the recording says so', async () => {
    const folder = folderForTest();
    const closed = Promise.withResolvers<void>();
    const { url, recorder } = await recorderFor(
      await upstream((_, response) => {
        response.on('close', () => closed.resolve());
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write('event: ping\ndata: {}\n\n');
      }),
      folder,
    );
    const leaving = new AbortController();
    const response = await fetch(`${url}/v1/messages`, { method: 'POST', headers, body: '{}', signal: leaving.signal });
    await response.body?.getReader().read();
    leaving.abort();
    await closed.promise;
    // The recorder hears of the departure before it hangs up, so what it has to write is known by now.
    await recorder.flush();
    expect(recordingsIn(folder)[0]?.[1]).toMatchObject({
      ending: 'aborted',
      response: { chunks: [{ text: 'event: ping\ndata: {}\n\n' }] },
    });
  });

  test.each([
    ['HTTP/1.1 101 Other\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n', 'the connection was closed'],
    ['HTTP/1.1 000 Odd\r\ncontent-length: 2\r\n\r\n{}', 'status 0'],
    ['HTTP/1.1 600 Odd\r\ncontent-length: 2\r\n\r\n{}', 'status 600'],
  ])('gets a 502 where no client could read the answer, and nothing is recorded: %j', async (answer, reason) => {
    const folder = folderForTest();
    const { url } = await recorderFor(await upstream((request) => request.socket.end(answer)), folder);
    const response = await post(`${url}/v1/messages`, {});
    expect([response.status, await errorOf(response)]).toEqual([502, `The upstream gave no answer: ${reason}.`]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('gets a body that is too long to keep piece by piece, and may leave it', async () => {
    const gone = Promise.withResolvers<void>();
    const { url, notes, recorder } = await recorderFor(
      await upstream((_, response) => {
        const more = (): void => {
          while (!response.destroyed && response.write('x'.repeat(1024 * 1024)));
        };
        response.writeHead(200, { 'content-type': 'application/json' }).on('drain', more).on('close', gone.resolve);
        more();
      }),
      folderForTest(),
    );
    const reader = (await post(`${url}/v1/messages`, {})).body?.getReader();
    expect((await reader?.read())?.done).toBe(false);
    await reader?.cancel();
    await gone.promise;
    await recorder.flush();
    expect(notes).toEqual(['0001-post-v1-messages.json was not recorded: the response is too long.']);
  });

  test('gets a 502 where the upstream gives no answer, and nothing is recorded', async () => {
    const folder = folderForTest();
    const { url, notes } = await recorderFor(await upstream((request) => request.socket.destroy()), folder);
    const response = await post(`${url}/v1/messages`, {});
    expect([response.status, await errorOf(response)]).toEqual([502, 'The upstream gave no answer: socket hang up.']);
    expect(readdirSync(folder)).toEqual([]);
    expect(notes).toEqual([
      expect.stringMatching(/^0001-post-v1-messages\.json was not recorded: http:\S+ gave no answer \(socket hang up\)\.$/),
    ]);
  });
});

test('Secrets never reach the disk, wherever they are sent and however they are echoed', async () => {
  const folder = folderForTest();
  const secrets = [
    'canary-key-0123456789',
    'canary+bearer/0123',
    'canary-cookie-77',
    'canary-query-42',
    'canary-mcp-token',
    'canary-cc-pass',
  ];
  const { url } = await recorderFor(
    await upstream(async (request, response) => {
      const body = await text(request);
      const echo = JSON.stringify({ url: request.url, headers: request.rawHeaders, body }).replaceAll('+', String.raw`\u002B`);
      response.writeHead(200, {
        'content-type': body.includes('"stream":true') ? 'text/event-stream' : 'application/json',
        'set-cookie': 'session=canary-session-1',
        'x-echo': String(request.headers['x-api-key']),
        'anthropic-organization-id': 'canary-organization',
      });
      for (const piece of echo.match(/.{1,7}/gs) ?? []) response.write(piece);
      response.end();
    }),
    folder,
  );
  for (const stream of [true, false]) {
    const response = await post(
      `${url}/v1/messages?api_key=canary-query-42&x=1`,
      {
        stream,
        messages: [{ role: 'user', content: `my key is ${secrets[0]}` }],
        mcp_servers: [{ authorization_token: 'canary-mcp-token' }],
      },
      {
        authorization: 'Bearer canary+bearer/0123',
        cookie: 'a=canary-cookie-77',
        'x-unheard-of': 'canary-anything',
        'proxy-authorization': `Basic ${Buffer.from('me:canary-cc-pass').toString('base64')}`,
      },
    );
    // The client is not redacted.
    expect(await response.text()).toContain('canary-mcp-token');
  }
  const written = everythingIn(folder);
  expect(readdirSync(folder).length).toBe(2);
  expect(written).toContain('my key is [redacted]');
  for (const secret of [...secrets, 'canary-session-1', 'canary-organization', Buffer.from('me:canary-cc-pass').toString('base64')]) {
    expect(written).not.toContain(secret);
    expect(written).not.toContain(JSON.stringify(secret.replaceAll('+', String.raw`\u002B`)).slice(1, -1));
  }
  const requests = recordingsIn(folder).map(([, { request }]) => JSON.stringify(request));
  for (const request of requests) expect(request).not.toContain('canary');
});

test('A key in the path is not in the name of the file either', async () => {
  const folder = folderForTest();
  const { url } = await recorderFor(await upstream((_, response) => response.end('{}')), folder);
  await post(`${url}/${headers['x-api-key']}/v1/messages`, {});
  expect(readdirSync(folder)).toEqual(['0001-post-redacted-v1-messages.json']);
  expect(everythingIn(folder)).not.toContain(headers['x-api-key']);
});

test('A body that is nested too deeply to walk is recorded and replayed as a text', async () => {
  const folder = folderForTest();
  const { url } = await recorderFor(await upstream((_, response) => response.end('{"deep":true}')), folder);
  const deep = { method: 'POST', headers, body: '['.repeat(20_000) + ']'.repeat(20_000) };
  expect(await (await fetch(`${url}/v1/messages`, deep)).text()).toBe('{"deep":true}');
  expect(await (await replayFrom(folder).fetch('http://mock/v1/messages', deep)).text()).toBe('{"deep":true}');
});

test('A request with another key is answered where the recorded one held a secret', async () => {
  const folder = folderForTest();
  const { url } = await recorderFor((await listening(createMock())).url, folder);
  const said = await (await post(`${url}/v1/messages`, ask(`Say ${headers['x-api-key']}`))).text();
  expect(said).toContain(headers['x-api-key']);
  const replay = replayFrom(folder);
  const request = { method: 'POST', headers: { ...headers, 'x-api-key': 'other' }, body: JSON.stringify(ask('Say other')) };
  expect(await (await replay.fetch('http://mock/v1/messages', request)).json()).toMatchObject({
    content: [{ text: '*********************' }],
  });
});

test.each([
  ['ftp://example.org', 'The upstream must be a URL'],
  ['http://me:secret@example.org', 'without credentials'],
  ['example', 'The upstream must be a URL'],
])('An upstream like %s is refused', (url, reason) => {
  expect(() => recordTo(folderForTest(), { upstream: url })).toThrow(reason);
});

test.each([
  [undefined, /^There are no recordings in .*; make some with --record\.$/],
  ['{', /0001-x\.json is no recording: /],
  ['{"format":"other"}', /0001-x\.json is no recording: \/format must be "messages-conformance recording 1"\.$/],
])('A folder with %s is refused in one sentence', (content, sentence) => {
  const folder = folderForTest();
  if (content !== undefined) writeFileSync(join(folder, '0001-x.json'), content);
  expect(() => replayFrom(folder)).toThrow(sentence);
});

async function listening(endpoint: Parameters<typeof listen>[0]): ReturnType<typeof listen> {
  const server = await listen(endpoint);
  onTestFinished(() => server.close());
  return server;
}

/** What a client reads, and the error at the end. */
async function outcomeOf(url: string): Promise<{ readonly text: string; readonly code: unknown }> {
  const request = httpRequest(url, { method: 'POST', headers, agent: false });
  // Told of the reset once more, after the response was.
  request.on('error', () => undefined);
  request.end('{}');
  const [response]: readonly IncomingMessage[] = (await once(request, 'response')) as [IncomingMessage];
  let heard = '';
  try {
    for await (const bytes of response ?? raise()) heard += String(bytes);
    return { text: heard, code: undefined };
  } catch (error) {
    return { text: heard, code: error instanceof Error && 'code' in error ? error.code : error };
  }
}

function raise(): never {
  throw new Error('nothing there');
}
