/** Exceptions at the top of the command: which exit code, and which one sentence. */
import { safeText } from '../reports/terminal/safe-text.ts';
import { asText } from '../spec/as-text.ts';
import { flagHint, wordHint } from './hints.ts';

export interface Failure {
  readonly exitCode: 0 | 2 | 3 | 4;
  /** Absent where there is nothing to add, as after `--help`. */
  readonly text?: string;
}

/**
 * Errors of the rooms whose message is a sentence for the user. By name rather than by class: importing the classes would load
 * rooms that `list` and `--help` do without.
 */
const userErrors: ReadonlySet<string> = new Set([
  'UsageError',
  'ReportError',
  'StartError',
  'ListenError',
  'ScriptLoadError',
  'RecordingError',
]);

/** More of a sentence nobody reads. */
const longestSentence = 2000;

/** @param words what was typed, for what is to be said of a flag that there is not. */
export function failureOf(error: unknown, words: readonly string[] = []): Failure {
  const { exitCode, text } = failureAsTold(error, words);
  if (text === undefined) return { exitCode };
  // It may quote a file that came with somebody else's repository, or what a server sent. Of a stack, each line is one.
  const lines = isDebugged(exitCode) ? text.split('\n') : [text];
  return { exitCode, text: lines.map(shown).join('\n') };
}

function shown(line: string): string {
  const left = line.length - longestSentence;
  return `${safeText(line.slice(0, longestSentence), longestSentence)}${left > 0 ? `… (${left.toLocaleString('en-US')} more characters)` : ''}`;
}

function failureAsTold(error: unknown, words: readonly string[]): Failure {
  if (!(error instanceof Error)) return internal(asText(error));
  const code = 'code' in error ? asText(error.code) : '';
  if (error.name === 'CommanderError') return commanderFailure(code, error.message, words);
  if (userErrors.has(error.name)) return { exitCode: 2, text: error.message };
  if (error.name === 'ConformanceError') return { exitCode: code === 'usage' ? 2 : code === 'target' ? 3 : 4, text: error.message };
  return internal(error.message, error.stack);
}

/** Whether the developer who wants to see where a fault of our own was is here. */
function isDebugged(exitCode: Failure['exitCode']): boolean {
  return exitCode === 4 && Boolean(process.env['CONFORMANCE_DEBUG']);
}

function internal(message: string, stack?: string): Failure {
  if (isDebugged(4) && stack !== undefined) return { exitCode: 4, text: stack };
  return { exitCode: 4, text: `A fault of messages-conformance itself: ${message}. CONFORMANCE_DEBUG=1 shows where.` };
}

/** `error: unknown option '--modle'\n(Did you mean --model?)` as one sentence. */
function commanderFailure(code: string, message: string, words: readonly string[]): Failure {
  if (code === 'commander.helpDisplayed' || code === 'commander.help' || code === 'commander.version') return { exitCode: 0 };
  const [what = '', hint = ''] = message.replace(/^error: /, '').split('\n');
  const sentence = `${what.charAt(0).toUpperCase()}${what.slice(1)}`.replace(/\.$/, '');
  if (code === 'commander.unknownOption') {
    // What follows a = may be a key.
    const flag = /'([^'=]*)/.exec(what)?.[1] ?? '';
    const known = flagHint(words, flag);
    if (known !== undefined) return { exitCode: 2, text: `Unknown option '${flag}'; ${known}` };
  }
  const told = code === 'commander.excessArguments' ? wordHint(words) : undefined;
  if (told !== undefined) return { exitCode: 2, text: `${sentence.split('.', 1)[0]}; ${told}.` };
  const suggestion = /^\(Did you mean (.+)\?\)$/.exec(hint)?.[1];
  return { exitCode: 2, text: suggestion === undefined ? `${sentence}; see --help.` : `${sentence}; did you mean ${suggestion}?` };
}
