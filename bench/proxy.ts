/**
 * What the judging proxy adds to the first byte: the same stream from the same mock, asked directly and through the proxy in turn, so that
 * whatever else slows the machine down slows both. Mock, proxy and client are processes of their own.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, type IncomingMessage, request as send } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { median } from './statistics.ts';
import { printHost, printTable, type Row } from './table.ts';

const cli = join(resolve(import.meta.dirname, '..'), 'dist/cli/bin.cjs');
const body = JSON.stringify({ model: 'mock-model', max_tokens: 64, stream: true, messages: [{ role: 'user', content: 'Hello' }] });
const rounds = 1000;
const parallel = 50;

export async function benchProxy(): Promise<void> {
  printHost();
  const folder = mkdtempSync(join(tmpdir(), 'bench-proxy-'));
  const children: ChildProcess[] = [];
  try {
    const mock = await started(children, ['mock', '--port', '0']);
    const proxy = await started(children, ['proxy', '--upstream', mock, '--output', folder, '--quiet', '--max-exchanges', '100']);
    const alone = await compared(mock, proxy, rounds, 1);
    const crowded = await compared(mock, proxy, rounds / parallel, parallel);
    printTable(['direct', 'proxy', 'added'], [...rowsOf('one at a time', alone, true), ...rowsOf(`${parallel} at a time`, crowded, false)]);
  } finally {
    for (const child of children) child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  }
}

interface Pair {
  readonly direct: readonly number[];
  readonly proxied: readonly number[];
}

async function compared(mock: string, proxy: string, times: number, atOnce: number): Promise<Pair> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const direct: number[] = [];
  const proxied: number[] = [];
  const burst = (url: string): Promise<readonly number[]> => Promise.all(Array.from({ length: atOnce }, () => firstByte(url, agent)));
  // Code and connections become warm first.
  for (let round = 0; round < Math.max(10, times / 5); round += 1) await Promise.all([burst(mock), burst(proxy)]);
  for (let round = 0; round < times; round += 1) {
    direct.push(...(await burst(mock)));
    proxied.push(...(await burst(proxy)));
  }
  agent.destroy();
  return { direct, proxied };
}

/** Milliseconds from sending to the first byte of the body, which is then read to its end. */
async function firstByte(url: string, agent: Agent): Promise<number> {
  const headers = { 'content-type': 'application/json', 'anthropic-version': '2023-06-01', 'content-length': Buffer.byteLength(body) };
  const began = performance.now();
  const request = send(`${url}/v1/messages`, { method: 'POST', agent, headers }).end(body);
  const [response]: readonly IncomingMessage[] = await once(request, 'response');
  if (response?.statusCode !== 200) throw new Error(`${url} answered ${response?.statusCode}`);
  const ended = once(response, 'end');
  await once(response, 'data');
  const took = performance.now() - began;
  await ended;
  return took;
}

function rowsOf(name: string, { direct, proxied }: Pair, isGoal: boolean): readonly Row[] {
  const row = (what: string, of: (values: readonly number[]) => number): Row => {
    const added = of(proxied) - of(direct);
    const cells = [of(direct), of(proxied), added].map((ms) => `${ms.toFixed(2)} ms`);
    return { name: `${name}, ${what}`, cells, ...(isGoal && what === 'median' && { goal: { text: '< 1 ms added', holds: added < 1 } }) };
  };
  return [
    row('median', median),
    row('90th of 100', (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.9)] ?? Number.NaN),
  ];
}

/** The URL that a command prints first. */
async function started(children: ChildProcess[], args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  children.push(child);
  for await (const line of createInterface({ input: child.stdout })) {
    child.stdout.resume();
    return line;
  }
  throw new Error(`conformance ${args.join(' ')} did not start`);
}
