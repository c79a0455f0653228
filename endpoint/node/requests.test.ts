// Requests as they come over the wire: too long, too slow, broken off, or none at all.
import { describe, expect, it } from 'vitest';
import { settled } from '../clock.fixture.ts';
import { body } from '../scripted.fixture.ts';
import { dial, head, post, serve } from './server.fixture.ts';

describe('A request', () => {
  it('that is too long is answered before it is sent, and the connection closed', async () => {
    const wire = dial(await serve(undefined, { maxBodyBytes: 1000 }));
    wire.socket.write(head(100_000_000));
    expect(await wire.closed).toBe('end');
    expect(wire.heard()).toContain('HTTP/1.1 413 ');
    expect(wire.heard()).toContain('"type":"request_too_large"');
    expect(wire.heard()).toContain('connection: close');
  });

  it('that turns out to be too long is answered while it is still being sent', async () => {
    const wire = dial(await serve(undefined, { maxBodyBytes: 1000 }));
    wire.socket.write(head('transfer-encoding: chunked'));
    const chunk = `400\r\n${'x'.repeat(1024)}\r\n`;
    wire.socket.write(chunk + chunk);
    await wire.until('request_too_large');
    // It goes on sending, as a client does that has not looked yet: no reset may swallow the answer.
    wire.socket.write(chunk);
    wire.socket.end('0\r\n\r\n');
    expect(await wire.closed).toBe('end');
  });

  it('whose client waits for 100 is told to go on only if its head is good', async () => {
    const server = await serve(undefined, { apiKeys: ['k'] });
    const text = JSON.stringify(body);
    const refused = dial(server);
    refused.socket.write(head(text.length).replace('\r\n\r\n', '\r\nexpect: 100-continue\r\n\r\n'));
    await refused.closed;
    expect(refused.heard()).toMatch(/^HTTP\/1\.1 401 /);
    const welcome = dial(server);
    welcome.socket.write(head(text.length).replace('\r\n\r\n', '\r\nx-api-key: k\r\nexpect: 100-continue\r\n\r\n'));
    await welcome.until('HTTP/1.1 100 Continue\r\n\r\n');
    welcome.socket.write(text);
    await welcome.until('"text":"Hello"');
  });

  it('that is not HTTP gets an envelope', async () => {
    const wire = dial(await serve());
    wire.socket.write('nonsense\r\n\r\n');
    await wire.closed;
    expect(wire.heard()).toMatch(/^HTTP\/1\.1 400 Bad Request\r\ncontent-type: application\/json\r\nrequest-id: req_/);
    expect(JSON.parse(wire.heard().split('\r\n\r\n')[1] ?? '')).toMatchObject({ type: 'error', error: { type: 'invalid_request_error' } });
  });

  it('without Host, or with too large headers, gets an envelope', async () => {
    const server = await serve();
    const noHost = dial(server);
    noHost.socket.write('GET /v1/models HTTP/1.1\r\nconnection: close\r\n\r\n');
    await noHost.closed;
    expect(noHost.heard()).toMatch(/^HTTP\/1\.1 400 .*The Host header is missing/s);
    const large = dial(server);
    large.socket.write(`GET /v1/models HTTP/1.1\r\nhost: x\r\nx-large: ${'x'.repeat(20_000)}\r\n\r\n`);
    await large.closed;
    expect(large.heard()).toMatch(/^HTTP\/1\.1 431 .*The headers of the request are too large/s);
  });

  it('that is sent too slowly is given up', async () => {
    const wire = dial(await serve(undefined, { requestTimeoutMs: 50, headersTimeoutMs: 50 }));
    wire.socket.write(`${head(100)}{`);
    await wire.closed;
    expect(wire.heard()).toMatch(/^HTTP\/1\.1 408 .*"The request was not complete in time\."/s);
  });

  it('whose client leaves in the middle of its body troubles nobody', async () => {
    const errors: unknown[] = [];
    const server = await serve(undefined, { onError: (error: unknown) => errors.push(error) });
    const wire = dial(server);
    wire.socket.write(`${head(100)}{`);
    await settled();
    wire.socket.resetAndDestroy();
    await wire.closed;
    expect((await post(server, body)).status).toBe(200);
    expect(errors).toStrictEqual([]);
  });

  it('is answered although bytes that are not HTTP follow it, before the connection is closed', async () => {
    const server = await serve();
    for (const stream of [false, true]) {
      const wire = dial(server);
      const text = JSON.stringify({ ...body, stream });
      wire.socket.write(`${head(text.length)}${text}nonsense`);
      expect(await wire.closed).toBe('end');
      expect(wire.heard()).toMatch(/^HTTP\/1\.1 200 OK\r\n.*(?:"Hello"|message_stop)/s);
      expect(wire.heard()).not.toContain('HTTP/1.1 400');
    }
  });

  it('whose body breaks off in bytes that are no chunk gets an envelope', async () => {
    const wire = dial(await serve());
    wire.socket.write(`${head('transfer-encoding: chunked')}zz\r\n`);
    expect(await wire.closed).toBe('end');
    expect(wire.heard()).toMatch(/^HTTP\/1\.1 400 .*"The request is not valid HTTP\."/s);
  });

  it.each([
    ['headers that are too large', 'GET / HTTP/1.1\r\nhost: x\r\nx: ', 'HTTP/1.1 431 '],
    ['bytes that are not HTTP', 'nonsense', 'HTTP/1.1 400 '],
  ])('of %s is refused so that a client that is still writing reads why', async (_title, beginning, answer) => {
    const wire = dial(await serve());
    // More than the buffers of two sockets hold; nothing is read before all of it is written.
    wire.socket.pause();
    await new Promise<void>((resolve) => void wire.socket.write(beginning + 'x'.repeat(16 << 20), () => resolve()));
    wire.socket.resume();
    expect(await wire.closed).toBe('end');
    expect(wire.heard()).toContain(answer);
  });
});
