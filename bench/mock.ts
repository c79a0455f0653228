/**
 * The mock beside a bare node:http server (the floor) and aimock (the rival): server CPU for each request, memory, start, and how well many
 * paced streams keep their time. All are measured in one run and in turns, so that a busy moment hits each of them.
 */
import { installAimock } from './aimock.ts';
import { start, type Child } from './child.ts';
import type { Load, LoadResult } from './client.ts';
import { startServer, type Server } from './server.ts';
import { aimockCommand, bareCommand, medianStarts, ourCommand } from './start-time.ts';
import { median } from './statistics.ts';
import { megabytes, microseconds, milliseconds, printHost, printTable, type Row } from './table.ts';
import { lines, pace, requestBody, slowly } from './traffic.ts';

const rounds = 7;
const parallel = 16;
const pacedStreams = 200;

const kinds = [
  { name: 'JSON reply', body: requestBody(false), total: 3000 },
  { name: 'stream of 26 events', body: requestBody(true), total: 2000 },
] as const;

/** What one server has shown, a number for each round. */
interface Measured {
  readonly server: Server;
  readonly cpuUs: readonly [json: number[], stream: number[]];
  readonly answers: readonly string[];
  readonly idleBytes: number;
  readonly loadedBytes: number[];
  /** The slowest of the paced streams of a round. */
  readonly pacedMs: number[];
}

export async function benchMock(): Promise<void> {
  printHost();
  await using aimock = await installAimock();
  await using children = new AsyncDisposableStack();
  const client = children.use(start('client.ts'));
  const ours = children.use(await startServer('ours', 'servers/ours.mjs', lines));
  const asCommand = children.use(await startServer('ours, the command', 'servers/command.mjs', lines));
  const servers = [ours, children.use(await startServer('bare node:http', 'servers/bare.mjs', await saidBy(ours, client)))];
  if (aimock !== undefined) {
    servers.push(children.use(await startServer(`aimock ${aimock.version}`, 'servers/aimock.mjs', lines, aimock.folder)));
  }

  const measured: Measured[] = [];
  for (const server of [...servers, asCommand]) measured.push(await warmUp(client, server));
  for (let round = 1; round <= rounds; round += 1) {
    process.stderr.write(`round ${round} of ${rounds}\n`);
    for (const each of measured) await measureLoads(client, each);
    for (const each of measured) await measurePaced(client, each);
  }
  const commands = [ourCommand, bareCommand, ...(aimock === undefined ? [] : [aimockCommand(aimock.folder)])];
  const startMs = await medianStarts(commands);

  const names = servers.map(({ name }) => name);
  printTable(names, rowsOf(measured.slice(0, -1), startMs, measured.at(-1)));
}

/** The very bytes of our mock, for the bare server to say again. */
async function saidBy(ours: Server, client: Child): Promise<object> {
  const [json, stream] = kinds.map(({ body }) => body);
  const body = (await load(client, { url: ours.url, body: json ?? '', total: 0, parallel: 1 })).text;
  const events = (await load(client, { url: ours.url, body: stream ?? '', total: 0, parallel: 1 })).text.split(/(?<=\n\n)/);
  return { ...lines, body, events };
}

/** Compiles and connects. What is idle is measured before. */
async function warmUp(client: Child, server: Server): Promise<Measured> {
  const { rssBytes } = await server.usage();
  const answers: string[] = [];
  for (const { body, total } of kinds) answers.push((await load(client, { url: server.url, body, total, parallel })).text);
  return { server, answers, cpuUs: [[], []], idleBytes: rssBytes, loadedBytes: [], pacedMs: [] };
}

async function measureLoads(client: Child, { server, cpuUs, loadedBytes }: Measured): Promise<void> {
  for (const [index, { body, total }] of kinds.entries()) {
    const before = await server.usage();
    await load(client, { url: server.url, body, total, parallel });
    const after = await server.usage();
    // One more than `total`: the client compares every answer with a first one.
    cpuUs[index]?.push((after.cpuUs - before.cpuUs) / (total + 1));
    loadedBytes.push(after.rssBytes);
  }
}

async function measurePaced(client: Child, measured: Measured): Promise<void> {
  const { url } = measured.server;
  const body = requestBody(true, slowly);
  const { durationsMs } = await load(client, { url, body, total: pacedStreams, parallel: pacedStreams });
  measured.pacedMs.push(Math.max(...durationsMs));
  measured.loadedBytes.push((await measured.server.usage()).rssBytes);
}

function load(client: Child, wanted: Load): Promise<LoadResult> {
  return client.ask<LoadResult>(wanted);
}

/** @param command the mock in a process that may set V8's flags; the library has to take those of its user. */
function rowsOf(all: readonly Measured[], startMs: readonly number[], command: Measured | undefined): readonly Row[] {
  const sizes = kinds.map(({ name }, index): Row => ({
    name: `${name}: bytes, events`,
    cells: all.map(({ answers }) => sizeOf(answers[index] ?? '')),
  }));
  return [
    ...sizes,
    row(
      'JSON reply: server CPU',
      all.map(({ cpuUs }) => median(cpuUs[0])),
      microseconds,
      120,
    ),
    row(
      'stream: server CPU',
      all.map(({ cpuUs }) => median(cpuUs[1])),
      microseconds,
      150,
    ),
    row(
      'RSS idle',
      all.map(({ idleBytes }) => idleBytes),
      megabytes,
    ),
    row('RSS under load, highest', all.map(highest), megabytes, 120e6),
    row(
      'the same, ours as a command',
      [command ?? all[0], ...all.slice(1)].map((each) => (each === undefined ? Number.NaN : highest(each))),
      megabytes,
      120e6,
    ),
    row('start of the command', startMs, milliseconds, 150),
    row(
      `${pacedStreams} paced streams, last (due ${pace.lastMs} ms)`,
      all.map((each) => median(each.pacedMs)),
      milliseconds,
      pace.lastMs * 1.1,
    ),
  ];
}

function highest({ loadedBytes }: Measured): number {
  return Math.max(...loadedBytes);
}

function sizeOf(answer: string): string {
  return `${Buffer.byteLength(answer)}, ${answer.split('event: ').length - 1}`;
}

/** A row whose columns are ours, the bare server and aimock; less is better. */
function row(name: string, values: readonly number[], print: (value: number) => string, atMost?: number): Row {
  const [ours = Number.NaN, , rival = Number.NaN] = values;
  return {
    name,
    cells: values.map(print),
    ...(atMost !== undefined && { goal: { text: `<= ${print(atMost)}`, holds: ours <= atMost } }),
    ...(rival < ours && { remark: 'aimock is ahead' }),
  };
}
