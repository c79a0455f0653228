/** Standard output and error as the commands use them: width, colour, and a reader that has gone. */

export interface Console {
  /** Writes to standard output; nothing where its reader has gone. */
  out(text: string): void;
  /** Writes to standard error. */
  err(text: string): void;
  /** Columns of standard output; undefined where it is no terminal, or one that does not say. */
  readonly width: number | undefined;
  readonly colour: boolean;
  /** Whether standard error is a terminal whose line can be written over. */
  readonly isLive: boolean;
  /** Columns of standard error now: a window may change, and standard output may be a file. */
  readonly liveWidth: number;
}

/** What of a stream tells whether somebody watches it. */
export type Watched = Pick<NodeJS.WriteStream, 'isTTY'> & Partial<Pick<NodeJS.WriteStream, 'columns'>>;

/** Columns of a terminal. One that has no size, as under `script` or in a container, says 0: that is as good as none. */
export function columnsOf({ isTTY, columns = 0 }: Watched): number | undefined {
  return isTTY && columns > 0 ? columns : undefined;
}

/** In fewer columns a line that is written over would wrap, or say nothing. */
const fewestColumns = 20;

/** Whether a line of this terminal can be written over: it is watched, wide enough, and knows how to clear a line. */
export function canBeWrittenOver(stream: Watched, { CI, TERM }: NodeJS.ProcessEnv): boolean {
  return !CI && TERM !== 'dumb' && (columnsOf(stream) ?? 0) >= fewestColumns;
}

/** @param isColourAllowed false for `--no-color`; NO_COLOR and FORCE_COLOR are Node's business. */
export function openConsole(isColourAllowed = true): Console {
  const { stdout, stderr } = process;
  return {
    out: (text) => void (stdout.writable && stdout.write(text)),
    err: (text) => void (stderr.writable && stderr.write(text)),
    width: columnsOf(stdout),
    colour: isColourAllowed && stdout.isTTY && stdout.hasColors(),
    isLive: canBeWrittenOver(stderr, process.env),
    get liveWidth() {
      return columnsOf(stderr) ?? fewestColumns;
    },
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
