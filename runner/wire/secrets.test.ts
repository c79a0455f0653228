/** A canary key that the server echoes wherever it can is nowhere in the record. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { answering, post, rawServer, recorder, recordOf } from './loopback.fixture.ts';

const canary = 'sk-canary-0123456789-ABCDEF';

test('An echoed key is in no part of the exchange, and lengths stay true', async () => {
  const body = `{"error":{"message":"bad key ${canary}"}}`;
  await using server = await answering(
    `HTTP/1.1 401 No ${canary}\r\nx-echo: ${canary}\r\nwww-authenticate: Bearer key="${canary}"\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  await using wire = recorder({ secrets: [canary] });
  const { exchange } = await wire.send({
    method: 'POST',
    url: `${server.url}/v1/messages?key=${canary}`,
    headers: [
      ['x-api-key', canary],
      ['Authorization', `Bearer ${canary}`],
      ['x-other', `a ${canary}`],
    ],
    body: Buffer.from(`{"model":"${canary}"}`),
  });
  expect(JSON.stringify(exchange)).not.toContain('canary');
  expect(exchange.response?.body).toEqual({ kind: 'text', text: `{"error":{"message":"bad key ${'*'.repeat(canary.length)}"}}` });
});

test('A key that is split over reads is found, and offsets stay', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 39 }), { maxLength: 5 }), async (cuts) => {
      const body = `0123 ${canary} 6789 `;
      const offsets = [0, ...new Set(cuts.filter((cut) => cut < body.length))].toSorted((a, b) => a - b);
      await using server = await rawServer((socket) => {
        socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n`);
        const write = (index: number): void => {
          const part = body.slice(offsets[index], offsets[index + 1]);
          if (index < offsets.length) socket.write(part, () => setImmediate(write, index + 1));
        };
        write(0);
      });
      await using wire = recorder({ secrets: [canary] });
      const { exchange } = await wire.send(post(server.url));
      expect(exchange.response?.body).toEqual({ kind: 'text', text: `0123 ${'*'.repeat(canary.length)} 6789 ` });
      for (const { offset } of exchange.response?.chunks ?? []) expect(offsets).toContain(offset);
    }),
    { numRuns: 30 },
  );
});

test('Half a key at the end of what came is replaced too', async () => {
  const { exchange } = await recordOf(answering(`HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\nkey sk-canary-01`, 'end'), {
    secrets: [canary],
  });
  expect(exchange.response?.body).toEqual({ kind: 'text', text: 'key ************' });
});

test('A key in an answer that is no HTTP is not quoted, not even in part', async () => {
  const { exchange } = await recordOf(answering(`no http, and here comes a longer text before the key: ${canary}`, 'end'), {
    secrets: [canary],
  });
  expect(exchange.problem).toMatch(/it begins with "no http, and here comes a longer text before the key: \*+"/);
});

test('A credential that nobody named as a secret is one', async () => {
  await using server = await answering(`HTTP/1.1 200 OK\r\nx-echo: ${canary}\r\ncontent-length: 0\r\n\r\n`);
  await using wire = recorder();
  const { exchange } = await wire.send(post(server.url, [['authorization', `Bearer ${canary}`]]));
  expect(JSON.stringify(exchange)).not.toContain('canary');
});

test('An authorization header goes before credentials in the URL', async () => {
  let received = '';
  await using server = await rawServer((socket, bytes) => {
    received = bytes.toString();
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
  });
  await using wire = recorder();
  await wire.send(post(`http://user:password-1@127.0.0.1:${server.port}`, [['Authorization', 'Bearer abc']]));
  expect(received.match(/authorization: .*/gi)).toEqual(['Authorization: Bearer abc']);
});

test('Credentials in the URL authenticate, and are recorded as stars', async () => {
  let received = '';
  await using server = await rawServer((socket, bytes) => {
    received = bytes.toString();
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 17\r\n\r\ncanary-p%40ssword');
  });
  await using wire = recorder();
  const { exchange } = await wire.send(post(`http://user:canary-p%40ssword@127.0.0.1:${server.port}`));
  expect(received).toContain(`authorization: Basic ${Buffer.from('user:canary-p@ssword').toString('base64')}\r\n`);
  expect(exchange.request.url).toBe(`http://${'*'.repeat('user:canary-p%40ssword'.length)}@127.0.0.1:${server.port}/v1/messages`);
  expect(JSON.stringify(exchange)).not.toContain('canary');
});
