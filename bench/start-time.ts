/** How long a command takes from its start to the line in which it says where it listens. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { median } from './statistics.ts';

const starts = 9;

/** The built command, as `npx conformance mock` runs it. */
export const ourCommand: readonly string[] = [join(resolve(import.meta.dirname, '..'), 'dist/cli/bin.cjs'), 'mock', '--port', '0'];

/** The least that any server on Node can take. */
export const bareCommand: readonly string[] = ['--eval', 'require("http").createServer().listen(0, () => console.log("http://"))'];

export function aimockCommand(folder: string): readonly string[] {
  const aimock = join(folder, 'node_modules/@copilotkit/aimock');
  return [join(aimock, 'dist/cli.js'), '-p', '0', '-f', join(aimock, 'fixtures/example-greeting.json')];
}

/** Milliseconds, for each command the median of several starts, taken in turns. */
export async function medianStarts(commands: readonly (readonly string[])[]): Promise<number[]> {
  const times = commands.map((): number[] => []);
  for (let round = 0; round < starts; round++) {
    for (const [index, command] of commands.entries()) times[index]?.push(await startOnce(command));
  }
  return times.map(median);
}

/** Milliseconds of one start. */
export async function startOnce(command: readonly string[]): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.includes('http://')) return performance.now() - began;
    }
    throw new Error(`${command.join(' ')} ended without saying where it listens`);
  } finally {
    child.kill('SIGKILL');
    await exit;
  }
}
