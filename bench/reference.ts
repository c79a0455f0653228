/**
 * The reference server on its bundled model: what it costs beside node-llama-cpp called directly, parallel streams, the cache of prefixes, memory
 * over many requests, start, connections; and llama.cpp's own server on the same model where it is on the PATH. Some three minutes.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from './child.ts';
import * as loads from './reference-loads.ts';
import { bundledModel, cli, hasLlamaServer, type ServerProcess, startLlamaServer, startOurs } from './reference-process.ts';
import { startOnce } from './start-time.ts';
import { median } from './statistics.ts';
import { megabytes, milliseconds, printHost, printTable, type Row } from './table.ts';

/** How much of everything: `--brief` shows in half a minute that it works. */
interface Amount {
  readonly rounds: number;
  readonly starts: number;
  readonly thousands: number;
  readonly promptTokens: number;
  readonly connections: number;
}

const whole: Amount = { rounds: 15, starts: 5, thousands: 10, promptTokens: 26_600, connections: 1 };
const brief: Amount = { rounds: 3, starts: 1, thousands: 2, promptTokens: 4000, connections: 0.1 };
const streams = [1, 4, 8, 32] as const;
const streamRoom = { sequences: 32, contextSize: 2048 };

const tell = (line: string): void => void process.stderr.write(`${line}\n`);
const rate = (perSecond: number): string => `${perSecond.toFixed(0)}/s`;
const fine = (time: number): string => `${time.toFixed(1)} ms`;

export async function benchReference(): Promise<void> {
  const amount = process.argv.includes('--brief') ? brief : whole;
  printHost();
  const isCompared = hasLlamaServer();
  const rows = [
    ...(await engineRows(amount)),
    ...(await streamRows(amount, isCompared)),
    ...(await promptRows(amount, isCompared)),
    ...(await memoryRows(amount)),
    ...(await connectionRows(amount)),
    ...(await startRows(amount)),
  ];
  printTable(['conformance serve', 'evaluate()', 'llama-server'], rows);
  if (!isCompared) process.stdout.write('\nllama-server, of llama.cpp, is not on the PATH, so it is not compared.\n');
}

/** A row whose cells are ours and, where they were measured, the others'. */
function row(name: string, cells: readonly (string | undefined)[], goal?: Row['goal'], remark?: string): Row {
  const [ours = '-', direct = '-', llama = '-'] = cells;
  return { name, cells: [ours, direct, llama], ...(goal !== undefined && { goal }), ...(remark !== undefined && { remark }) };
}

interface EngineSpeed {
  readonly tokens: number;
  readonly ours: number;
  readonly direct: number;
  /** The median of each round's, which is steadier than the ratio of the medians. */
  readonly ratio: number;
}

async function engineRows({ rounds }: Amount): Promise<readonly Row[]> {
  tell('the backend beside evaluate()');
  await using child = start('servers/reference-engine.mjs');
  const request = { model: 'tiny', max_tokens: 160, messages: [{ role: 'user', content: 'Tell me a long story about a dragon.' }] };
  const { tokens, ours, direct, ratio } = await child.ask<EngineSpeed>({ request, rounds: rounds * 3 });
  const goal = { text: '>= 0.85 of it', holds: ratio >= 0.85 };
  return [row(`backend, ${tokens} tokens, one thread`, [rate(ours), rate(direct)], goal, ratio.toFixed(2))];
}

async function streamRows({ rounds }: Amount, isCompared: boolean): Promise<readonly Row[]> {
  const { sequences, contextSize } = streamRoom;
  const measure = async (name: string, opening: Promise<ServerProcess>): Promise<readonly loads.Parallel[]> => {
    await using server = await opening;
    const all: loads.Parallel[] = [];
    for (const count of streams) {
      tell(`${name}: ${count} streams at once`);
      all.push(await loads.parallelStreams(server, count, Math.ceil(rounds / 3)));
    }
    return all;
  };
  const ours = await measure('conformance serve', startOurs('--parallel', String(sequences), '--context-size', String(contextSize)));
  const llama = isCompared ? await measure('llama-server', startLlamaServer(sequences, contextSize)) : [];
  const cells = (index: number, print: (each: loads.Parallel) => string): readonly (string | undefined)[] =>
    [ours[index], undefined, llama[index]].map((each) => (each === undefined ? undefined : print(each)));
  return streams.flatMap((count, index) => [
    row(
      `${count} ${count === 1 ? 'stream' : 'streams'}: all tokens`,
      cells(index, ({ tokensPerSecond }) => rate(tokensPerSecond)),
    ),
    row(
      '  worst gap between two',
      cells(index, ({ worstGapMs }) => fine(worstGapMs)),
    ),
  ]);
}

async function promptRows({ rounds, promptTokens }: Amount, isCompared: boolean): Promise<readonly Row[]> {
  const measure = async (name: string, opening: Promise<ServerProcess>) => {
    await using server = await opening;
    tell(`${name}: a prompt from the cache`);
    const cached = await loads.cachedPrefix(server, rounds);
    tell(`${name}: a prompt of ${promptTokens} tokens`);
    return { cached, long: await loads.longPrompt(server, promptTokens) };
  };
  const ours = await measure('conformance serve', startOurs());
  const llama = isCompared ? await measure('llama-server', startLlamaServer(1, 32_768)) : undefined;
  const { cached, long } = ours;
  const goal = { text: '< 5.0 ms', holds: cached.firstByteMs < 5 };
  return [
    row(`first byte, ${cached.promptTokens} tokens cached`, [fine(cached.firstByteMs), undefined, ms(llama?.cached.firstByteMs)], goal),
    row('  first delta', [fine(cached.firstDeltaMs), undefined, ms(llama?.cached.firstDeltaMs)]),
    row(`a prompt of ${long.first.promptTokens} tokens`, [seconds(long.first.wallMs), undefined, seconds(llama?.long.first.wallMs)]),
    row(`  again, ${long.again.cachedTokens} cached`, [fine(long.again.wallMs), undefined, ms(llama?.long.again.wallMs)]),
  ];
}

async function memoryRows({ thousands }: Amount): Promise<readonly Row[]> {
  await using server = await startOurs();
  const rss = await loads.memoryOverRequests(server, thousands, tell);
  const [early = Number.NaN] = rss;
  const late = rss.at(-1) ?? Number.NaN;
  const goal = { text: `<= ${megabytes(early * 1.1)}`, holds: late <= early * 1.1 };
  return [
    row('RSS after 1,000 requests, a third left', [megabytes(early)]),
    row(`RSS after ${thousands},000`, [megabytes(late)], goal, `every 1,000: ${rss.map((bytes) => Math.round(bytes / 1e6)).join(' ')} MB`),
  ];
}

async function connectionRows({ connections: share }: Amount): Promise<readonly Row[]> {
  tell('connections');
  await using server = await startOurs();
  const { open, wanted, limit, rssBytes, answerMs, problem } = await loads.manyConnections(server, share);
  const goal = { text: `${wanted} of ulimit -n ${limit}`, holds: open === wanted };
  return [
    row('connections held open', [String(open)], goal, problem),
    row('  RSS with them', [megabytes(rssBytes)]),
    row('  8 tokens beside them', [fine(answerMs)]),
  ];
}

async function startRows({ starts }: Amount): Promise<readonly Row[]> {
  tell('starts');
  const folder = mkdtempSync(join(tmpdir(), 'bench-reference-'));
  try {
    const known: number[] = [];
    const unknown: number[] = [];
    for (let turn = 0; turn < starts; turn += 1) {
      known.push(await startOnce([cli, 'serve', '--port', '0']));
      unknown.push(await startOnce([cli, 'serve', '--port', '0', '--model', withOtherTemplate(folder, turn)]));
    }
    return [
      row('start of the command', [milliseconds(median(known))], { text: '< 1500 ms', holds: median(known) < 1500 }),
      row('  on an unknown template', [milliseconds(median(unknown))], { text: '< 3000 ms', holds: median(unknown) < 3000 }),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The bundled model with a chat template that differs by one letter of a heading: as long, so that nothing else in the file moves. */
function withOtherTemplate(folder: string, turn: number): string {
  const heading = '# Tools';
  const bytes = readFileSync(bundledModel);
  const place = bytes.indexOf(heading);
  if (place === -1) throw new Error(`the template of the bundled model has no heading ${heading}`);
  bytes.write(String.fromCharCode('A'.charCodeAt(0) + turn), place + heading.length - 1, 'latin1');
  const file = join(folder, `template-${turn}.gguf`);
  writeFileSync(file, bytes);
  return file;
}

function ms(value: number | undefined): string | undefined {
  return value === undefined ? undefined : fine(value);
}

function seconds(value: number | undefined): string {
  return value === undefined ? '-' : `${(value / 1000).toFixed(1)} s`;
}
