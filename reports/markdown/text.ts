/** Text of a server inside GitHub's Markdown, where it can neither format, link, mention, nor end what surrounds it. */
import { safeText } from '../terminal/safe-text.ts';

/**
 * A code span: its fence is longer than any run of backticks in it. Not for cells of a table, which a bar ends even within code.
 * @param limit characters shown; the rest is counted.
 */
export function code(text: string, limit: number = 300): string {
  const safe = safeText(text, limit);
  if (safe.trim() === '') return '(empty)';
  const fence = '`'.repeat(longestRun(safe) + 1);
  const pad = /^[` ]|[` ]$/.test(safe) ? ' ' : '';
  return `${fence}${pad}${safe}${pad}${fence}`;
}

/** A fenced block. */
export function block(lines: readonly string[], language: string = ''): string {
  const text = lines.join('\n');
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

/** Prose of our own or of a file of the user's: shown as it is written, without formatting. */
export function prose(text: string, limit: number = 500): string {
  return safeText(text, limit)
    .replaceAll(/[\\`*_{}[\]()#+!|~$<>&@]/g, (character) => (character === '@' ? '&#64;' : `\\${character}`))
    .replaceAll(/:\/\//g, ':\\//')
    .replaceAll(/www\./gi, (start) => `${start.slice(0, -1)}\\.`);
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
