/** `conformance serve` as a process of its own, to be misused. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

const bin = join(resolve(import.meta.dirname, '..'), 'dist/cli/bin.cjs');

export interface ServeProcess extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly child: ChildProcess;
  /** Ends it with SIGTERM; its exit code and everything it wrote to stderr. */
  stop(): Promise<{ readonly code: number | null; readonly stderr: string }>;
}

export async function startServe(...args: readonly string[]): Promise<ServeProcess> {
  const env = { PATH: process.env['PATH'], HOME: tmpdir(), NO_COLOR: '1' };
  const child = spawn(process.execPath, [bin, 'serve', '--port', '0', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const exit = once(child, 'exit');
  const stderr = text(child.stderr);
  const stop = async (): Promise<{ code: number | null; stderr: string }> => {
    child.kill('SIGTERM');
    await exit;
    return { code: child.exitCode, stderr: await stderr };
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/127\.0\.0\.1:(\d+)/.exec(line);
    if (url === null) continue;
    child.stdout.resume();
    return { url: url[0], port: Number(url[1]), child, stop, [Symbol.asyncDispose]: async () => void (await stop()) };
  }
  throw new Error(`the server printed no URL: ${await stderr}`);
}

export const jsonHeaders = { 'content-type': 'application/json', 'anthropic-version': '2023-06-01' };

export function send(url: string, request: Readonly<Record<string, unknown>>, headers: Record<string, string> = {}): Promise<Response> {
  const body = JSON.stringify({ model: 'tiny', max_tokens: 8, messages: [{ role: 'user', content: 'Hello' }], ...request });
  return fetch(`${url}/v1/messages`, { method: 'POST', headers: { ...jsonHeaders, ...headers }, body });
}
