/** Flags and words that people try first, from other tools or from memory, and what does it here. */

/** The command that a program's name is followed by in what is printed: this package's own name, whatever else is called `conformance`. */
export const programName = 'npx messages-conformance';

interface FlagHint {
  readonly flags: readonly string[];
  /** Follows `Unknown option '--x'; `. */
  readonly say: string;
}

const forRuns: readonly FlagHint[] = [
  { flags: ['--api-key', '--key', '--token'], say: 'put the key into an environment variable and name that with --api-key-env NAME.' },
  { flags: ['--url', '-u', '--endpoint', '--baseURL', '--baseUrl', '--host'], say: 'name the server with --base-url URL.' },
  {
    flags: ['--json', '--html', '--junit', '--markdown', '--format', '--out', '-o', '--output-format'],
    say: '--report FORMAT=PATH writes a report, as in --report html=report.html.',
  },
  { flags: ['--list'], say: `the checks are listed by ${programName} list.` },
  { flags: ['--dry-run'], say: `what would be sent is printed by ${programName} plan.` },
];

/** By command; `run` is also what no command means. */
const flagHints: Readonly<Record<string, readonly FlagHint[]>> = {
  run: forRuns,
  plan: forRuns,
  serve: [{ flags: ['--ctx-size', '--context', '--context-length', '-c'], say: 'did you mean --context-size?' }],
};

/** For a word that a command has no use for: the flag it belongs to. */
const wordHints: Readonly<Record<string, (word: string) => string>> = {
  serve: (word) => (isUrl(word) ? `name the engine with --upstream ${word}` : `name the model with --model ${word}`),
  proxy: (word) => `name the server with --upstream ${word}`,
  list: (word) => `select with --only "${asGlob(word)}"`,
  plan: (word) => (isUrl(word) ? `name the server with --base-url ${word}` : `select with --only "${asGlob(word)}"`),
};

/** Words that other tools have for `run`. */
const wordsForRun: ReadonlySet<string> = new Set(['test', 'check', 'verify', 'validate']);

/** What to say of an unknown flag, ending in a full stop or a question mark; undefined where nothing is known of it. */
export function flagHint(words: readonly string[], flag: string): string | undefined {
  const command = Object.keys(flagHints).find((name) => name === words[0]) ?? (words[0]?.startsWith('-') === false ? '' : 'run');
  return flagHints[command]?.find(({ flags }) => flags.includes(flag))?.say;
}

/** What to say of a word too many; undefined where nothing is known of it. */
export function wordHint([command = '', ...words]: readonly string[]): string | undefined {
  const [word] = words;
  return word === undefined || word.startsWith('-') || !Object.hasOwn(wordHints, command) ? undefined : wordHints[command]?.(word);
}

/** What to say of what is no command; undefined where nothing is known of it. */
export function commandHint([word = '', next = 'URL']: readonly string[]): string | undefined {
  return wordsForRun.has(word) ? `a server is checked by ${programName} run --base-url ${isUrl(next) ? next : 'URL'}.` : undefined;
}

function isUrl(word: string): boolean {
  return /^https?:/.test(word);
}

/** `stream` is an area: its checks are `stream.*`. */
export function asGlob(word: string): string {
  return /[*]/.test(word) || word.split('.').length > 2 ? word : `${word}.*`;
}
