/** A server as a process of its own: ours as the command starts it, and llama.cpp's where it is on the PATH. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import type { StreamServer } from './reference-client.ts';

export const root: string = resolve(import.meta.dirname, '..');
export const cli: string = join(root, 'dist/cli/bin.cjs');
export const bundledModel: string = join(root, 'dist/reference-server/model/tiny.gguf');

export interface ServerProcess extends AsyncDisposable, StreamServer {
  /** Memory that it has in use now. */
  rssBytes(): number;
}

/** `conformance serve` on any free port. */
export async function startOurs(...args: readonly string[]): Promise<ServerProcess> {
  const child = spawn(process.execPath, [cli, 'serve', '--port', '0', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    if (url === undefined) continue;
    child.stdout.resume();
    return running(child, { url, keepsConnections: true });
  }
  throw new Error('conformance serve did not start');
}

/** Whether llama.cpp's server can be called. */
export function hasLlamaServer(): boolean {
  return spawnSync('llama-server', ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** llama.cpp's own server on the same model, one thread, with the same room. */
export async function startLlamaServer(sequences: number, contextSize: number): Promise<ServerProcess> {
  const port = await freePort();
  const room = ['-c', String(sequences * contextSize), '-np', String(sequences)];
  const where = ['--host', '127.0.0.1', '--port', String(port)];
  // A template that can think makes it think, and a request's `thinking: disabled` is not heard.
  const child = spawn('llama-server', ['-m', bundledModel, '-t', '1', ...where, '--jinja', '--reasoning', 'off', ...room], {
    stdio: 'ignore',
  });
  // It closes every connection after a stream, and does not say so.
  const server = running(child, { url: `http://127.0.0.1:${port}`, keepsConnections: false });
  while (child.exitCode === null) {
    const health = await fetch(`${server.url}/health`).catch(() => undefined);
    if (health?.ok === true) return server;
    await pause(50);
  }
  throw new Error(`llama-server ended with ${child.exitCode}`);
}

function running(child: ChildProcess, server: StreamServer): ServerProcess {
  const exit = once(child, 'exit');
  return {
    ...server,
    rssBytes: () => Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)], { encoding: 'utf8' })) * 1024,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await exit;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  return address.port;
}
