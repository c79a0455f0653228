/** What a server sent, made harmless for a terminal: it may hold escape sequences, direction overrides, or megabytes. */

/** Characters of one text that a terminal report shows. The whole text is in the record. */
export const longestText = 1200;

const names: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Shows control characters, bidi overrides, zero-width and other invisible characters as escapes, so that the text is one line of what it is.
 * Where it is longer than `limit`, the rest is counted in its place: nothing disappears silently.
 */
export function safeText(text: string, limit: number = longestText): string {
  // A code point may be two units; a pair is never cut in half.
  const end = text.length > limit && isHighSurrogate(text.charCodeAt(limit - 1)) ? limit - 1 : limit;
  const kept = text.slice(0, end).replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, escaped);
  const left = text.length - end;
  return left > 0 ? `${kept}… (${left.toLocaleString('en-US')} more characters in the record)` : kept;
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0xff) return names[character] ?? `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
