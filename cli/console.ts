/** Standard output and error as the commands use them: width, colour, and a reader that has gone. */

export interface Console {
  /** Writes to standard output; nothing where its reader has gone. */
  out(text: string): void;
  /** Writes to standard error. */
  err(text: string): void;
  /** Columns of standard output; undefined where it is no terminal. */
  readonly width: number | undefined;
  readonly colour: boolean;
  /** Whether standard error is a terminal whose line can be written over. */
  readonly isLive: boolean;
}

/** @param isColourAllowed false for `--no-color`; NO_COLOR and FORCE_COLOR are Node's business. */
export function openConsole(isColourAllowed = true): Console {
  const { stdout, stderr } = process;
  const isTerminal = stdout.isTTY;
  return {
    out: (text) => void (stdout.writable && stdout.write(text)),
    err: (text) => void (stderr.writable && stderr.write(text)),
    width: isTerminal ? stdout.columns : undefined,
    colour: isColourAllowed && isTerminal && stdout.hasColors(),
    isLive: stderr.isTTY && !process.env['CI'],
  };
}

/**
 * `conformance list | head` closes our standard output early. That is no fault: what is left is not printed, and a run still
 * writes its record and keeps its exit code. So does one whose output goes to a full disk, which is told once.
 */
export function surviveClosedPipes(): void {
  let isTold = false;
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE' || isTold) return;
      isTold = true;
      process.stderr.write(`Cannot write the output: ${error.message}.\n`);
    });
  }
}
