/** Ctrl-C: the first press ends the work in order, the second at once. */

/** One press reaches the whole process group, and a wrapper (npm, bin.cts) may pass it on again: what comes this soon is the same one. */
const samePressMs = 300;

export interface Interrupt {
  readonly signal: AbortSignal;
  dispose(): void;
}

export interface InterruptOptions {
  /** Called at the first press. */
  readonly onFirst: () => void;
  /** Ends the process at the second. Default `process.exit(130)`. */
  readonly exit?: () => void;
  /** Milliseconds. Default the system's clock. */
  readonly now?: () => number;
}

/** Listens for SIGINT and SIGTERM until disposed. */
export function onInterrupt({ onFirst, exit = () => process.exit(130), now = () => performance.now() }: InterruptOptions): Interrupt {
  const controller = new AbortController();
  let firstAt = 0;
  const press = (): void => {
    if (!controller.signal.aborted) {
      firstAt = now();
      controller.abort();
      onFirst();
    } else if (now() - firstAt > samePressMs) exit();
  };
  process.on('SIGINT', press);
  process.on('SIGTERM', press);
  return {
    signal: controller.signal,
    dispose: () => {
      process.off('SIGINT', press);
      process.off('SIGTERM', press);
    },
  };
}

/** Resolves at the first SIGINT or SIGTERM; a second one ends the process. For servers. */
export function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    onInterrupt({ onFirst: resolve });
  });
}
