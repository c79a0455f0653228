import { createServer, request as forward } from 'node:http';
import { connect, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { loopbackCertificate } from './certificate.fixture.ts';
import { answering, connectionServer, type Loopback, portOf, post, recorder, summaryOf, tlsServer } from './loopback.fixture.ts';
import { isLoopback, proxyFor } from './proxy.ts';

const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi';

describe('Which proxy', () => {
  const environment = {
    HTTP_PROXY: 'http://proxy:3128',
    https_proxy: 'secure-proxy:3129',
    HTTPS_PROXY: 'http://not-this',
    NO_PROXY: '.corp, example.org:8443 10.0.0.1',
  };
  const via = (url: string, variables: Readonly<Record<string, string>> = environment): string | undefined =>
    proxyFor(new URL(url), variables)?.host;

  test('depends on the scheme of the target, and the lower-case name wins', () => {
    expect(via('http://server.example/v1')).toBe('proxy:3128');
    expect(via('https://server.example/v1')).toBe('secure-proxy:3129');
    expect(via('https://server.example/v1', { HTTP_PROXY: 'http://proxy' })).toBeUndefined();
    expect(via('http://server.example', { HTTP_PROXY: ' ' })).toBeUndefined();
  });

  test.for([
    'http://localhost:8000',
    'http://127.0.0.1',
    'http://127.8.9.1:1',
    'http://[::1]:8000',
    'http://api.localhost',
    'http://LOCALHOST.',
    'http://0.0.0.0:8000',
  ])('is none for %s, whatever the environment says', (url) => {
    expect(via(url)).toBeUndefined();
  });

  test.for([
    ['http://corp', undefined],
    ['http://a.b.corp', undefined],
    ['http://notcorp', 'proxy:3128'],
    ['https://example.org:8443', undefined],
    ['https://www.example.org:8443', undefined],
    ['https://example.org', 'secure-proxy:3129'],
    ['http://10.0.0.1:9999', undefined],
    ['http://10.0.0.10', 'proxy:3128'],
  ] as const)('NO_PROXY: %s goes through %s', ([url, expected]) => {
    expect(via(url)).toBe(expected);
  });

  test('NO_PROXY with a star exempts everything', () => {
    expect(via('http://server.example', { ...environment, NO_PROXY: '*' })).toBeUndefined();
  });

  test('that is no http proxy is an error that names the variable', () => {
    expect(() => via('http://server.example', { HTTP_PROXY: 'socks5://proxy' })).toThrow('HTTP_PROXY is not a proxy that can be used');
  });

  test('127.example.com is no loopback host', () => {
    expect(isLoopback('127.example.com')).toBe(false);
    expect(isLoopback('localhost.example.com')).toBe(false);
  });
});

interface Proxy extends AsyncDisposable {
  readonly url: string;
  /** First line and credentials of everything that was asked of it. */
  readonly asked: readonly string[];
}

/** Forwards http and tunnels https, always to 127.0.0.1 and the port asked for, since no real host is to be reached. */
async function proxy(refuse?: number): Promise<Proxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers['proxy-authorization'] ?? ''}`);
    const { port, pathname } = new URL(request.url ?? '');
    request.pipe(
      forward({ host: '127.0.0.1', port, path: pathname, method: request.method ?? 'GET' }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, { 'content-length': answer.headers['content-length'] ?? '0' });
        answer.pipe(response);
      }),
    );
  });
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.on('connect', (request, socket: Socket) => {
    asked.push(`${request.method} ${request.url} ${request.headers['proxy-authorization'] ?? ''}`);
    if (refuse !== undefined) return socket.end(`HTTP/1.1 ${refuse} No\r\ncontent-length: 0\r\n\r\n`);
    const target = connect(Number(request.url?.split(':')[1]), '127.0.0.1');
    socket.on('error', () => target.destroy());
    target.on('error', () => socket.destroy());
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    return target.pipe(socket).pipe(target);
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  return {
    url: `http://user:p%40ss-word@127.0.0.1:${portOf(server)}`,
    asked,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

describe('Through a proxy', () => {
  const credentials = `Basic ${Buffer.from('user:p@ss-word').toString('base64')}`;

  test('plain http is asked for by its whole URL, and the credentials are for the proxy alone', async () => {
    await using server = await answering(ok);
    await using through = await proxy();
    await using wire = recorder({ environment: { http_proxy: through.url } });
    const url = `http://server.example:${server.port}`;
    const { exchange } = await wire.send(post(url));
    expect(summaryOf(exchange)).toEqual(['complete', undefined, 200, 'hi']);
    expect(through.asked).toEqual([`POST ${url}/v1/messages ${credentials}`]);
    expect(exchange.request.url).toBe(`${url}/v1/messages`);
    expect(JSON.stringify(exchange)).not.toContain(credentials.slice('Basic '.length));
  });

  test('https is tunnelled, and the server name is the real one', async () => {
    await using server = await tlsServer(loopbackCertificate, ok);
    await using through = await proxy();
    await using wire = recorder({ environment: { https_proxy: through.url }, ca: loopbackCertificate.cert });
    const { exchange } = await wire.send(post(`https://server.example:${server.port}`));
    expect(exchange).toMatchObject({ ended: 'refused', problem: expect.stringContaining('is for another host name') });
    expect(through.asked).toEqual([`CONNECT server.example:${server.port} ${credentials}`]);
  });

  test('https works without trust as it does directly', async () => {
    await using server = await tlsServer(loopbackCertificate, ok);
    await using through = await proxy();
    await using wire = recorder({ environment: { https_proxy: through.url }, insecure: true });
    const url = `https://server.example:${server.port}`;
    const sent = [await wire.send(post(url)), await wire.send(post(url))];
    expect(sent.map(({ exchange }) => exchange)).toMatchObject([
      { ended: 'complete', connection: { id: 1, reused: false } },
      { ended: 'complete', connection: { id: 1, reused: true } },
    ]);
    expect(sent[0]?.exchange.request.headers.map(([name]) => name)).not.toContain('proxy-authorization');
  });

  test('a refused tunnel is told as the proxy’s doing', async () => {
    await using through = await proxy(407);
    await using wire = recorder({ environment: { https_proxy: through.url } });
    const { exchange } = await wire.send(post('https://server.example'));
    expect(exchange).toMatchObject({
      ended: 'refused',
      problem: expect.stringMatching(/^The proxy 127\.0\.0\.1:\d+ answered 407 when asked for a tunnel to server\.example:443\.$/),
    });
  });

  test.for([
    ['closes', (): Promise<Loopback> => connectionServer((socket) => socket.end())],
    ['never answers', (): Promise<Loopback> => connectionServer(() => undefined)],
  ] as const)('a proxy that %s is no hang', async ([, start]) => {
    await using broken = await start();
    await using wire = recorder({ environment: { https_proxy: broken.url }, connectMs: 50 });
    const { exchange } = await wire.send(post('https://server.example'));
    expect(exchange).toMatchObject({ ended: 'refused', problem: expect.stringMatching(/^Proxy: 127\.0\.0\.1:/) });
  });
});
