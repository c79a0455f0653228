// `npm start`: the reference server on its bundled model, and the suite against it over HTTP, as two processes of the built package.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const cli = join(resolve(import.meta.dirname, '..'), 'dist/cli/bin.cjs');

// With a key, so that authentication is checked too.
const withKey = ['--api-key-env', 'START_KEY'];
const env = { ...process.env, START_KEY: `sk-start-${randomUUID()}` };

const server = spawn(process.execPath, [cli, 'serve', '--port', '0', ...withKey], { env, stdio: ['ignore', 'pipe', 'inherit'] });
const serverExit = once(server, 'exit');
let url: string | undefined;
for await (const line of createInterface({ input: server.stdout })) {
  url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
  if (url !== undefined) break;
}
if (url === undefined) {
  await serverExit;
  process.exit(server.exitCode ?? 1);
}
server.stdout.resume();

const run = spawn(process.execPath, [cli, 'run', '--base-url', url, ...withKey, ...process.argv.slice(2)], { env, stdio: 'inherit' });
const [code] = await once(run, 'exit');
server.kill('SIGTERM');
await serverExit;
process.exitCode = typeof code === 'number' ? code : 1;
