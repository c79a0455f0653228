/** Claude Code, run headless: one prompt, and what it said about it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { isJsonObject, type JsonObject } from '../../spec/json.ts';
import type { Sandbox } from './sandbox.ts';

export interface Turn {
  readonly exitCode: number | null;
  readonly durationMs: number;
  /** The final answer; empty where there was none. */
  readonly result: string;
  /** Names of the tools that it ran or was refused, in order. */
  readonly tools: readonly string[];
  /** What went wrong as Claude Code tells it: no result, an error as result, an API error on the way. */
  readonly problems: readonly string[];
}

/** Longest time for one prompt. */
const limitMs = 300_000;

/** @param args after `-p`: the prompt, the model, what else this turn needs. */
export async function runTurn(binary: string, args: readonly string[], { project, env }: Sandbox): Promise<Turn> {
  const began = performance.now();
  const child = spawn(binary, ['-p', ...args, '--output-format', 'stream-json', '--verbose'], {
    cwd: project,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: limitMs,
  });
  const ended = once(child, 'exit');
  const stderr = text(child.stderr);
  const events: JsonObject[] = [];
  const others: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const event = eventIn(line);
    if (event === undefined) others.push(line);
    else events.push(event);
  }
  await ended;
  const durationMs = performance.now() - began;
  const exitCode = child.exitCode;
  const told = exitCode === 0 ? [] : [`it ended with ${exitCode ?? child.signalCode} after ${Math.round(durationMs / 1000)} s`];
  const said =
    exitCode === 0 ? [] : [...others, ...(await stderr).split('\n')].filter((line) => line !== '' && !line.startsWith(unknownModel));
  return { exitCode, durationMs, ...readEvents(events), problems: [...told, ...said, ...problemsIn(events)] };
}

/** It says so of every model whose name it does not know. */
const unknownModel = '[claude-code:unrecognized_model]';

/** Undefined for a line that is no event: where it does not get as far as a session, it says why in words. */
function eventIn(line: string): JsonObject | undefined {
  try {
    const event: unknown = JSON.parse(line);
    return isJsonObject(event) ? event : undefined;
  } catch {
    return undefined;
  }
}

/** What the events of `--output-format stream-json` tell. */
function readEvents(events: readonly JsonObject[]): Pick<Turn, 'result' | 'tools'> {
  const last = events.findLast(({ type }) => type === 'result');
  const tools = events.filter(({ type }) => type === 'assistant').flatMap(({ message }) => calledTools(message));
  return { result: typeof last?.['result'] === 'string' ? last['result'] : '', tools };
}

function problemsIn(events: readonly JsonObject[]): readonly string[] {
  const last = events.findLast(({ type }) => type === 'result');
  const onTheWay = events.filter((event) => event['is_api_error_message'] === true || event['subtype'] === 'api_retry');
  return [
    ...(last === undefined ? ['it gave no result'] : []),
    ...(last?.['is_error'] === true ? [`its result is an error: ${String(last['result'] ?? last['subtype'])}`] : []),
    ...onTheWay.map((event) => `it met an error of the API: ${JSON.stringify(event['error'] ?? event)}`),
  ];
}

function calledTools(message: unknown): readonly string[] {
  if (!isJsonObject(message) || !Array.isArray(message['content'])) return [];
  return message['content'].filter(isJsonObject).flatMap(({ type, name }) => (type === 'tool_use' ? [String(name)] : []));
}
