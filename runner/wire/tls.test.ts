import { expect, test } from 'vitest';
import { loopbackCertificate, otherCertificate } from './certificate.fixture.ts';
import { answering, post, recorder, summaryOf, tlsServer } from './loopback.fixture.ts';

const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi';
const secure = ({ port }: { readonly port: number }): string => `https://127.0.0.1:${port}`;

test('A certificate of `ca` is trusted, and the connection kept', async () => {
  await using server = await tlsServer(loopbackCertificate, ok);
  await using wire = recorder({ ca: loopbackCertificate.cert });
  const first = await wire.send(post(secure(server)));
  expect(summaryOf(first.exchange)).toEqual(['complete', undefined, 200, 'hi']);
  expect(first.exchange.request.headers[0]).toEqual(['host', `127.0.0.1:${server.port}`]);
  const second = await wire.send(post(secure(server), [['host', 'other.example']]));
  expect(second.exchange).toMatchObject({ ended: 'complete', connection: { id: 1, reused: true } });
});

test('A host name is asked for by its name', async () => {
  await using server = await tlsServer(loopbackCertificate, ok);
  await using wire = recorder({ ca: loopbackCertificate.cert });
  const { exchange } = await wire.send(post(`https://localhost:${server.port}`));
  expect(summaryOf(exchange)).toEqual(['complete', undefined, 200, 'hi']);
});

test('HTTP/1.1 is all that is offered', async () => {
  const protocols: unknown[] = [];
  await using server = await tlsServer(loopbackCertificate, ok, ({ alpnProtocol }) => protocols.push(alpnProtocol));
  await using wire = recorder({ insecure: true });
  await wire.send(post(secure(server)));
  expect(protocols).toEqual(['http/1.1']);
});

test('An unknown certificate is refused, and the flags that help are named', async () => {
  await using server = await tlsServer(loopbackCertificate, ok);
  await using wire = recorder();
  const { exchange } = await wire.send(post(secure(server)));
  expect(exchange).toMatchObject({
    ended: 'refused',
    problem: `The certificate of 127.0.0.1:${server.port} is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT): use --ca FILE or --insecure.`,
  });
});

test('A certificate for another host is refused', async () => {
  await using server = await tlsServer(otherCertificate, ok);
  await using wire = recorder({ ca: otherCertificate.cert });
  const { exchange } = await wire.send(post(secure(server)));
  expect(exchange).toMatchObject({ ended: 'refused', problem: expect.stringContaining('is for another host name') });
});

test('`insecure` takes any certificate', async () => {
  await using server = await tlsServer(otherCertificate, ok);
  await using wire = recorder({ insecure: true });
  const { exchange } = await wire.send(post(secure(server)));
  expect(summaryOf(exchange)).toEqual(['complete', undefined, 200, 'hi']);
});

test('A TLS handshake with a plain HTTP port says so', async () => {
  await using server = await answering('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n', 'end');
  await using wire = recorder();
  const { exchange } = await wire.send(post(secure(server)));
  expect(exchange).toMatchObject({ ended: 'refused', problem: expect.stringMatching(/it seems to speak plain HTTP, try http:\/\/\.$/) });
});

test('Plain HTTP to a TLS port says so', async () => {
  await using server = await tlsServer(loopbackCertificate, ok);
  await using wire = recorder();
  const { exchange } = await wire.send(post(server.url));
  expect(exchange.ended).toMatch(/^(protocol-error|reset)$/);
});

test('A server that never finishes the handshake is given up', async () => {
  await using server = await answering('');
  await using wire = recorder({ connectMs: 50 });
  const { exchange } = await wire.send(post(secure(server)));
  expect(exchange).toMatchObject({ ended: 'refused', problem: `127.0.0.1:${server.port} did not accept a connection in time.` });
});
