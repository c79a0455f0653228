/** Stands for the rest of the world: a proxy on loopback that lets nothing through and notes who was to be reached. */
import { once } from 'node:events';
import { createServer } from 'node:net';

export interface Outside extends AsyncDisposable {
  /** For HTTPS_PROXY. */
  readonly url: string;
  /** First lines of what came, such as `CONNECT example.com:443 HTTP/1.1`. */
  readonly attempts: readonly string[];
}

export async function openOutside(): Promise<Outside> {
  const attempts: string[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', (bytes) => {
      attempts.push(bytes.toString('latin1').split('\r\n', 1)[0] ?? '');
      socket.destroy();
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('the server listens on no port');
  const close = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
  return { url: `http://127.0.0.1:${address.port}`, attempts, [Symbol.asyncDispose]: close };
}
