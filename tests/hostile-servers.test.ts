// Hostile and half-broken servers: each ends in bounded time with one clear sentence, the right exit code and a record.
import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { listen } from '../endpoint/node/index.ts';
import { type Fault, mapFrames } from '../mock/faults/reply-faults.ts';
import { createMock } from '../mock/index.ts';
import { conformance, troubles } from './cli.fixture.ts';

interface Listening extends AsyncDisposable {
  readonly url: string;
}

async function listening(server: Server): Promise<Listening> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

const http = (listener: RequestListener): Promise<Listening> => listening(createHttpServer(listener));
const tcp = (onSocket: (socket: Socket) => void): Promise<Listening> => listening(createTcpServer(onSocket));
const only = ['--model', 'm', '--only', 'stream.*,messages.*,http.*'];

/** Every stream takes its time, so that an interruption meets one. */
const withDelay: Fault = mapFrames((frame, index) => [{ ...frame, due: index * 20 }]);

describe('a run ends well against', () => {
  test('a server that answers HTML', async () => {
    await using server = await http((_request, response) => response.setHeader('content-type', 'text/html').end('<html>hello</html>'));
    const { code, stdout, stderr, record } = await conformance(['run', '--base-url', server.url, '--model', 'm']);
    expect(code).toBe(1);
    expect(record?.endedBecause).toBe(
      `POST ${server.url}/v1/messages does not exist there (200, text/html); check --base-url, which ends before /v1.`,
    );
    expect(record === undefined ? [] : troubles(record, ['fail'])).toContainEqual(expect.stringContaining('http.route.messages'));
    expect(stdout + stderr).not.toContain('    at ');
  });

  test('a server that closes at once', async () => {
    await using server = await tcp((socket) => socket.destroy());
    const { code, record } = await conformance(['run', '--base-url', server.url, '--model', 'm']);
    expect(code).toBe(1);
    expect(record?.endedBecause).toContain('broke the connection without an HTTP answer');
    expect(record?.verdicts.find(({ check }) => check === 'http.response.complete')?.outcome).toBe('fail');
    expect(record?.exchanges.length).toBeGreaterThan(0);
  });

  test('a server that never answers', async () => {
    await using server = await tcp(() => undefined);
    const { code, record } = await conformance(['run', '--base-url', server.url, '--model', 'm', '--timeout', '0.3']);
    expect(code).toBe(1);
    expect(record?.endedBecause).toBe(`${server.url} took the connection and never answered; --timeout SECONDS gives it longer.`);
    expect(record?.verdicts.find(({ check }) => check === 'http.server.keeps-answering')?.outcome).toBe('fail');
  });

  test('a server that streams for ever', { timeout: 60_000 }, async () => {
    const flood = Buffer.from(`event: ping\ndata: {"type":"ping"}\n\n`.repeat(20_000));
    await using server = await http((request, response) => {
      request.resume();
      response.setHeader('content-type', 'text/event-stream');
      const pour = (): void => {
        while (!response.destroyed && response.write(flood));
      };
      response.on('drain', pour).on('error', () => undefined);
      pour();
    });
    const { code, record } = await conformance(['run', '--base-url', server.url, ...only]);
    expect(code).toBe(1);
    expect(record?.verdicts.find(({ check }) => check === 'http.response.ends')?.outcome).toBe('fail');
    expect(record?.exchanges.every(({ ended }) => ended === 'limit-by-us')).toBe(true);
  });

  test('a server that drips for ever', async () => {
    await using server = await http((request, response) => {
      request.resume();
      response.setHeader('content-type', 'text/event-stream');
      const drip = setInterval(() => response.write(': hi\n\n'), 20);
      response.on('close', () => clearInterval(drip));
    });
    const { code, record } = await conformance(['run', '--base-url', server.url, '--model', 'm', '--timeout', '0.3']);
    expect(code).toBe(1);
    expect(record?.endedBecause).toContain(`${server.url} began to answer and did not end`);
    expect(record?.verdicts.find(({ check }) => check === 'http.response.ends')?.outcome).toBe('fail');
  });

  test('a server that is always busy', async () => {
    const busy = JSON.stringify({ type: 'error', error: { type: 'overloaded_error', message: 'busy' }, request_id: 'req_1' });
    await using server = await http((_request, response) => {
      response.statusCode = 529;
      response.setHeader('retry-after', '0').setHeader('content-type', 'application/json').setHeader('request-id', 'req_1').end(busy);
    });
    const { code, record } = await conformance(['run', '--base-url', server.url, '--model', 'm', '--only', 'messages.*,http.*']);
    expect(record?.totals.pass).toBeGreaterThan(0);
    expect(code).toBe(3);
  });

  test('a server that answers 500 to everything', async () => {
    await using server = await http((_request, response) => {
      response.statusCode = 500;
      response.end('Internal Server Error');
    });
    const { code, record } = await conformance(['run', '--base-url', server.url, '--model', 'm']);
    expect(code).toBe(1);
    expect(record?.ended).toBe('finished');
    expect(record?.totals['harness-error']).toBe(0);
  });

  test('a server that answers every path with 200 and the same JSON', async () => {
    await using server = await http((_request, response) => response.setHeader('content-type', 'application/json').end('{"ok":true}'));
    const { code, record } = await conformance(['run', '--base-url', server.url, '--model', 'm']);
    expect(code).toBe(1);
    expect(record?.totals['harness-error']).toBe(0);
    expect(record === undefined ? [] : troubles(record, ['fail'])).toContainEqual(expect.stringContaining('messages.shape.valid'));
  });

  test('a server that goes away in the middle', { timeout: 60_000 }, async () => {
    let answered = 0;
    await using server = await http((_request, response) => {
      answered += 1;
      if (answered > 3) response.socket?.destroy();
      else response.setHeader('content-type', 'application/json').end('{"type":"message"}');
    });
    const { record, code } = await conformance(['run', '--base-url', server.url, '--model', 'm', '--max-time', '5']);
    expect(code).toBe(1);
    expect(record?.exchanges.length).toBeGreaterThan(3);
  });
});

test('an interrupted run accuses nobody, and writes what it has', async () => {
  await using server = await listen(createMock({ apiKeys: [] }), { port: 0, transform: withDelay });
  const { code, record } = await conformance(['run', '--base-url', server.url, '--concurrency', '1', '--verbose'], {
    signalAfter: async (child) => {
      await once(child.stdout ?? child, 'data');
      child.kill('SIGINT');
    },
  });
  expect(code).toBe(130);
  expect(record?.ended).toBe('interrupted');
  expect(record === undefined ? [] : troubles(record, ['fail', 'warn'])).toEqual([]);
});

describe('a run that cannot begin', () => {
  test('says that the connection is refused, and how to wait', async () => {
    const { code, stdout, stderr, record } = await conformance(['run', '--base-url', 'http://127.0.0.1:9', '--model', 'm']);
    expect(code).toBe(3);
    expect(stdout + stderr).toContain('Cannot reach http://127.0.0.1:9');
    expect(stdout + stderr).toContain('--wait SECONDS');
    expect(record?.exitCode).toBe(3);
  });

  test('says that nobody answered within --wait', async () => {
    const { code, stderr } = await conformance(['run', '--base-url', 'http://127.0.0.1:9', '--model', 'm', '--wait', '0.2']);
    expect(code).toBe(3);
    expect(stderr).toContain('http://127.0.0.1:9 did not answer within the 0.2 s of --wait.');
  });

  test('tells a missing key from a wrong one', async () => {
    const error = JSON.stringify({ type: 'error', error: { type: 'authentication_error', message: 'no' } });
    await using server = await http((_request, response) => {
      response.statusCode = 401;
      response.setHeader('content-type', 'application/json').end(error);
    });
    const without = await conformance(['run', '--base-url', server.url, '--model', 'm']);
    expect(without.code).toBe(2);
    expect(without.stdout + without.stderr).toContain('--api-key-env NAME');
    const wrong = await conformance(['run', '--base-url', server.url, '--model', 'm', '--api-key-env', 'MY_KEY'], {
      env: { MY_KEY: 'sk-test-0123456789' },
    });
    expect(wrong.code).toBe(2);
    expect(wrong.stdout + wrong.stderr).toContain('--auth x-api-key, bearer or both');
  });
});
