/** The loads of the benchmark of the reference server, each against a server that runs already. */
import { execFileSync } from 'node:child_process';
import { start } from './child.ts';
import type { Opened, Wanted } from './connections.ts';
import { StreamClient, type Streamed } from './reference-client.ts';
import type { ServerProcess } from './reference-process.ts';
import { median } from './statistics.ts';

/** The bundled model's name; llama.cpp's server takes any. */
const model = 'tiny';
const longAnswer = { prompt: 'Tell me a long story about a dragon.', maxTokens: 160 };

export interface Parallel {
  readonly tokensPerSecond: number;
  readonly worstGapMs: number;
}

/** So many streams at once: tokens of all of them in a second, and the longest that any of them waited between two deltas. */
export async function parallelStreams(server: ServerProcess, count: number, rounds: number): Promise<Parallel> {
  using client = new StreamClient(server, model);
  const together = (): Promise<readonly Streamed[]> => Promise.all(Array.from({ length: count }, () => client.stream(longAnswer)));
  await together();
  const rates: number[] = [];
  let worstGapMs = 0;
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    const answers = await together();
    const tokens = answers.reduce((sum, { outputTokens }) => sum + outputTokens, 0);
    rates.push((tokens * 1000) / (performance.now() - began));
    worstGapMs = Math.max(worstGapMs, ...answers.map((answer) => answer.worstGapMs));
  }
  return { tokensPerSecond: median(rates), worstGapMs };
}

export interface CachedPrefix {
  readonly promptTokens: number;
  readonly firstByteMs: number;
  readonly firstDeltaMs: number;
}

/** A prompt that was read before, asked again and again. */
export async function cachedPrefix(server: ServerProcess, rounds: number): Promise<CachedPrefix> {
  using client = new StreamClient(server, model);
  const asked = { prompt: await promptOf(server.url, 2000), maxTokens: 4, cached: true };
  await client.stream(asked);
  const answers: Streamed[] = [];
  while (answers.length < rounds) answers.push(await client.stream(asked));
  return {
    promptTokens: answers[0]?.promptTokens ?? Number.NaN,
    firstByteMs: median(answers.map(({ firstByteMs }) => firstByteMs)),
    firstDeltaMs: median(answers.map(({ firstDeltaMs = Number.NaN }) => firstDeltaMs)),
  };
}

/** A prompt as long as a coding agent's first one: until it is read, and how long the same takes again. */
export async function longPrompt(server: ServerProcess, tokens: number): Promise<{ readonly first: Streamed; readonly again: Streamed }> {
  using client = new StreamClient(server, model);
  const asked = { prompt: await promptOf(server.url, tokens), maxTokens: 1, cached: true };
  const first = await client.stream(asked);
  return { first, again: await client.stream(asked) };
}

/** Some text of about so many tokens. */
async function promptOf(url: string, tokens: number): Promise<string> {
  const sentence = 'The old lamp stands near the window and waits for the evening. ';
  const body = JSON.stringify({ model, messages: [{ role: 'user', content: sentence.repeat(100) }] });
  const headers = { 'content-type': 'application/json', 'anthropic-version': '2023-06-01' };
  const reply = await fetch(`${url}/v1/messages/count_tokens`, { method: 'POST', headers, body });
  const counted: { readonly input_tokens: number } = await reply.json();
  return sentence.repeat(Math.floor((100 * tokens) / counted.input_tokens));
}

/** Memory after every thousandth of many short requests, of which a third is left while the answer is written. */
export async function memoryOverRequests(server: ServerProcess, steps: number, tell: (line: string) => void): Promise<readonly number[]> {
  using client = new StreamClient(server, model);
  const rss: number[] = [];
  for (let step = 0; step < steps; step += 1) {
    const numbers = Array.from({ length: 1000 }, (_, index) => step * 1000 + index).values();
    const worker = async (): Promise<void> => {
      for (const number of numbers) {
        const isLeft = number % 3 === 0;
        const asked = { prompt: `Repeat after me: number ${number}`, maxTokens: isLeft ? 64 : 6 };
        await client.stream(isLeft ? { ...asked, leaveAfter: 2 } : asked);
      }
    };
    await Promise.all(Array.from({ length: 4 }, worker));
    rss.push(server.rssBytes());
    tell(`${(step + 1) * 1000} requests: ${Math.round((rss.at(-1) ?? 0) / 1e6)} MB`);
  }
  return rss;
}

export interface Connections extends Opened {
  /** What the shell says: `ulimit -n`. */
  readonly limit: number;
  readonly wanted: number;
  readonly rssBytes: number;
  /** A short answer while all of them are open. */
  readonly answerMs: number;
}

/** More connections than there are ports to come from cannot be made to one address. */
const mostConnections = 27_000;
/** Open files that the server and the client have besides. */
const reserved = 300;

/** As many idle connections as the limit of open files allows, and one request beside them. */
export async function manyConnections(server: ServerProcess, share: number): Promise<Connections> {
  const limit = Number(execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' })) || mostConnections;
  const wanted = Math.floor((Math.min(limit, mostConnections) - reserved) * share);
  await using child = start('connections.ts');
  const opened = await child.ask<Opened>({ port: Number(new URL(server.url).port), count: wanted } satisfies Wanted);
  using client = new StreamClient(server, model);
  const { wallMs } = await client.stream({ prompt: 'Say hello.', maxTokens: 8 });
  return { ...opened, limit, wanted, rssBytes: server.rssBytes(), answerMs: wallMs };
}
