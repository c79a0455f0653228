/** The command line: parses, runs the command, and turns whatever was thrown into one sentence and an exit code. */
import { surviveClosedPipes } from './console.ts';
import { failureOf } from './failure.ts';
import { createProgram } from './program.ts';

/** @param words what follows the program's name. Sets `process.exitCode`; never throws. */
export async function main(words: readonly string[]): Promise<void> {
  surviveClosedPipes();
  try {
    await createProgram().parseAsync(words, { from: 'user' });
  } catch (error) {
    const { exitCode, text } = failureOf(error, words);
    if (text !== undefined) process.stderr.write(`${text}\n`);
    process.exitCode = exitCode;
  }
}
