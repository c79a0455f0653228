/** `conformance run`: settings, run, record, report. Standard output is the report, standard error everything else. */
import { relative } from 'node:path';
import { clientProfiles } from '../../profiles/clients.ts';
import {
  baselineOf,
  baselineText,
  catalogue,
  createProgress,
  githubAnnotations,
  prepareFile,
  prepareOutput,
  prepareReports,
  safeText,
  stepFacts,
  terminalHeader,
  terminalReport,
  withoutCommands,
  writeFiles,
  writeRecord,
  writeReports,
} from '../../reports/index.ts';
import type { RunEvent } from '../../runner/index.ts';
import { type Console, openConsole } from '../console.ts';
import { onInterrupt } from '../interrupt.ts';
import type { Flags } from '../settings/given.ts';
import { resolveSettings } from '../settings/resolve.ts';
import { UsageError } from '../usage-error.ts';

/** Columns where standard output is no terminal: wide, since logs wrap by themselves, and scripts look for whole sentences. */
const logWidth = 200;

export async function runCommand(flags: Flags): Promise<void> {
  const detail = detailOf(flags);
  const { env } = process;
  const settings = await resolveSettings(flags, { environment: env, directory: process.cwd() });
  const { run: options, output, keyVariable, reports, writeBaseline } = settings;
  prepareOutput(output);
  prepareReports(reports);
  if (writeBaseline !== undefined) prepareFile(writeBaseline);
  const isAction = env['GITHUB_ACTIONS'] === 'true';
  const terminal = consoleOf(flags, isAction);
  const interrupt = onInterrupt({ onFirst: () => terminal.err('Interrupted: what was recorded is judged. Once more ends it at once.\n') });
  const show = eventPrinter(terminal, detail);
  // Loaded after the settings are known to be right: the runner brings the HTTP client and every check.
  const { run } = await import('../../runner/index.ts');
  try {
    const record = await run({ ...options, clients: clientProfiles, signal: interrupt.signal, onEvent: show.event });
    show.end();
    process.exitCode = record.exitCode;
    const recordFile = relative(process.cwd(), writeRecord(record, output));
    if (writeBaseline !== undefined) writeFiles([{ path: writeBaseline, text: baselineText(baselineOf(record)) }]);
    await writeReports(reports, record, catalogue, env['GITHUB_STEP_SUMMARY']);
    // Past the console that takes the commands out of what a server says.
    if (isAction) openConsole().out(githubAnnotations(record, catalogue));
    if (detail === 'quiet' && record.endedBecause !== undefined) terminal.err(`${safeText(record.endedBecause)}\n`);
    terminal.out(
      terminalReport(record, catalogue, {
        width: terminal.width ?? logWidth,
        colour: terminal.colour,
        detail,
        hasHeader: !show.hasHeader(),
        hasSteps: false,
        recordFile,
        ...(keyVariable === undefined ? {} : { keyVariable }),
      }),
    );
  } finally {
    show.end();
    interrupt.dispose();
  }
}

/** In GitHub Actions, one that no server can give commands through. */
function consoleOf(flags: Flags, isAction: boolean): Console {
  const terminal = openConsole(flags['color'] !== false);
  if (!isAction) return terminal;
  return {
    ...terminal,
    out: (text) => terminal.out(withoutCommands(text)),
    err: (text) => terminal.err(withoutCommands(text)),
    // A copy would keep the width of now.
    get liveWidth() {
      return terminal.liveWidth;
    },
  };
}

type Detail = 'quiet' | 'normal' | 'verbose';

function detailOf({ quiet, verbose }: Flags): Detail {
  if (quiet === true && verbose === true) throw new UsageError('--quiet and --verbose exclude each other.');
  return quiet === true ? 'quiet' : verbose === true ? 'verbose' : 'normal';
}

interface EventPrinter {
  readonly event: (event: RunEvent) => void;
  /** Takes the live line away, and the timer behind it. */
  readonly end: () => void;
  readonly hasHeader: () => boolean;
}

/** Prints the head when the target is known, notes, steps where verbose, and the progress. Nothing where quiet. */
function eventPrinter(terminal: Console, detail: Detail): EventPrinter {
  const width = terminal.width ?? logWidth;
  const progress = createProgress({
    write: (text) => terminal.err(text),
    isLive: terminal.isLive,
    width: () => terminal.liveWidth,
    now: () => performance.now(),
  });
  const timer = terminal.isLive && detail !== 'quiet' ? setInterval(() => progress.tick(), 1000).unref() : undefined;
  let hasHeader = false;
  const print = (text: string): void => {
    progress.clear();
    terminal.out(text);
  };
  const event = (happened: RunEvent): void => {
    if (detail === 'quiet') return;
    switch (happened.type) {
      case 'target':
        hasHeader = true;
        print(
          terminalHeader(happened.target, { version: catalogue.version, catalogue: catalogue.hash }, { width, colour: terminal.colour }),
        );
        return;
      case 'note':
        print(`${safeText(happened.text)}\n`);
        return;
      case 'step':
        if (detail === 'verbose') print(`${stepFacts(happened)} ${safeText(happened.address)}\n`);
        return;
      case 'progress':
        progress.update(happened);
    }
  };
  const end = (): void => {
    clearInterval(timer);
    progress.clear();
  };
  return { event, end, hasHeader: () => hasHeader };
}
