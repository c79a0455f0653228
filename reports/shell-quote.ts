/** Any text as one word of a shell command, printable and safe to paste: bash, zsh and ksh read it back byte for byte. */

// Controls, format characters (bidi overrides, zero-width), and line separators: they would change what a terminal shows.
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** Quotes where needed. Throws a RangeError for text with a NUL, which no argument can hold. */
export function shellQuote(text: string): string {
  if (text.includes('\0')) throw new RangeError('An argument of a command cannot hold a NUL byte.');
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  if (!invisible.test(text)) return `'${text.replaceAll("'", String.raw`'\''`)}'`;
  return `$'${Array.from(text, ansiC).join('')}'`;
}

/** `before`, the value of a variable, and `after` as one word. The value itself is never read by the shell's parser again. */
export function quoteWithVariable(before: string, variable: string, after = ''): string {
  const isPlain = /^[\w:. =-]*$/.test(before + after);
  if (isPlain) return `"${before}$${/^\w/.test(after) ? `{${variable}}` : variable}${after}"`;
  return `${before === '' ? '' : shellQuote(before)}"$${variable}"${after === '' ? '' : shellQuote(after)}`;
}

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\', "'": "\\'" };

/** A character inside `$'...'`. Bytes rather than `\u`, which depends on the locale. */
function ansiC(character: string): string {
  const escape = named[character];
  if (escape !== undefined) return escape;
  if (!invisible.test(character)) return character;
  return [...Buffer.from(character)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}
