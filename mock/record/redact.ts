/** Takes secrets out of what is recorded: where they were sent, and where a server echoes them, whole or in pieces. */
import { isJsonObject } from '../../spec/json.ts';
import { isSecretField, redacted } from '../secret-names.ts';

export { redacted };

export interface Redaction {
  /** In a text of a request. */
  inText(text: string): string;
  /** In every string of a JSON value, names included. */
  inJson(value: unknown): unknown;
  /** In the bytes of a response, by `*` of the same length, so that cut texts stay cut where they were. */
  inPieces(pieces: readonly string[]): readonly string[];
}

/** A shorter secret would hit innocent text. So would a placeholder such as `ollama` or `1234`, which guards nothing. */
const shortest = 6;
const placeholder = /^(?:[a-z_]{1,12}|\d{1,8})$/i;

/** Keys are shorter. A pattern for a long cookie in pieces would be too large to compile. */
const longestInPieces = 256;

/** Keys that nobody named, by their shape. `between` stands between any two of its characters. */
function keyShape(between: string): string {
  return String.raw`\bs${between}k${between}-(?:${between}[A-Za-z0-9_-]){16,}`;
}

/** @param secrets as they were sent; the forms that JSON and URLs give them are found too. */
export function createRedaction(secrets: readonly string[]): Redaction {
  // The longest first: of two keys that begin alike, none may leave its tail.
  const guarded = [...new Set(secrets)]
    .filter((secret) => secret.length >= shortest && !placeholder.test(secret))
    .toSorted((a, b) => b.length - a.length);
  const whole = new RegExp([...guarded.map((secret) => spelled(secret, '')), keyShape('')].join('|'), 'g');
  const inPieces = new RegExp([...guarded.map((secret) => spelled(secret, gapIn(secret))), keyShape(`(?:${nextDelta})?`)].join('|'), 'g');

  const inText = (text: string): string => text.replace(whole, redacted);
  const inJson = (value: unknown): unknown => {
    if (typeof value === 'string') return inText(value);
    if (Array.isArray(value)) return value.map(inJson);
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [inText(name), hides(name, item) ? redacted : inJson(item)]));
  };
  return {
    inText,
    inJson,
    inPieces(pieces) {
      const clean = pieces.join('').replace(inPieces, starred);
      let start = 0;
      return pieces.map(({ length }) => clean.slice(start, (start += length)));
    },
  };
}

function hides(name: string, value: unknown): boolean {
  return typeof value === 'string' && isSecretField(name);
}

/**
 * What stands between two deltas of an event stream: the end of one string, the beginning of the next. A model that repeats a key says it
 * token by token. Bounded, so that the search stays linear.
 */
const deltaGap = String.raw`"[^\n]{0,200}\n(?:[^\n]{0,400}\n){1,8}?data:[^\n]{0,400}?"(?:text|thinking|partial_json)": ?"`;

/** The same, but never over a delta in between: a shape would be found in any text from which enough may be left out. */
const nextDelta = deltaGap.replace(String.raw`(?:[^\n]{0,400}\n)`, String.raw`(?:(?!data:[^\n]{0,400}_delta)[^\n]{0,400}\n)`);

function gapIn({ length }: string): string {
  return length <= longestInPieces ? `(?:${deltaGap})?` : '';
}

function starred(match: string): string {
  return match
    .split(new RegExp(`(${deltaGap})`))
    .map((part, index) => (index % 2 === 0 ? '*'.repeat(part.length) : part))
    .join('');
}

/** A pattern for the text as it is, percent-encoded, or escaped in JSON (.NET writes `+` as `\u002B`, PHP `/` as `\/`). */
function spelled(text: string, between: string): string {
  return Array.from(text, spellings).join(between);
}

function spellings(character: string): string {
  const literal = character.replaceAll(/[^\w\s]/g, String.raw`\$&`);
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index).toString(16).padStart(4, '0'));
  const escaped = units.map((unit) => String.raw`\\u${anyCase(unit)}`).join('');
  const short = /["\\/]/.test(character) ? [`\\\\${literal}`] : [];
  return `(?:${[...short, literal, escaped, anyCase(percentEncoded(character))].join('|')})`;
}

function percentEncoded(character: string): string {
  return Array.from(new TextEncoder().encode(character), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}

function anyCase(hex: string): string {
  return hex.replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}
