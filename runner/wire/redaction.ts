/**
 * Secrets are replaced when an exchange is recorded, by `*` of the same byte length, so that offsets and lengths stay true,
 * wherever they stand: in what was sent, and where a server echoes them.
 */
import type { RawHeader } from '../../spec/record/index.ts';

const STAR = 0x2a;

/** Headers whose value is a credential, whatever it is. */
const CREDENTIAL_HEADERS: ReadonlySet<string> = new Set(['authorization', 'proxy-authorization', 'x-api-key', 'api-key', 'cookie']);

/** What may stand before a credential and is none itself. */
const SCHEME = /^(?:bearer|basic|digest|token) +/i;

/** Replaces secrets. All of it keeps byte lengths. */
export interface Redaction {
  /** Bytes of the longest text that is replaced; 0 where there is none. */
  readonly reach: number;
  /** Replaces in place. With `isCut`, also a secret of which only the beginning arrived at the very end. */
  inBytes(bytes: Buffer, isCut: boolean): void;
  inText(text: string): string;
  inHeaders(headers: readonly RawHeader[]): readonly RawHeader[];
}

/**
 * A secret shorter than this would hit innocent text: it is replaced in headers only. So is a placeholder such as `EMPTY`, `ollama` or `1234`,
 * which guards nothing, and whose replacement would falsify `"type":"text"` or `"input_tokens":1234` under a key named `text` or `1234`.
 */
const SHORTEST = 4;
const PLACEHOLDER = /^(?:[a-z_]{1,12}|\d{1,8})$/i;

/**
 * @param secrets as the user knows them; forms that JSON, URLs and Basic authentication give them are found too.
 * @param dummies credentials that guard nothing, such as a key that is wrong on purpose: left as they are.
 */
export function createRedaction(secrets: readonly string[], dummies: readonly string[] = []): Redaction {
  const given = [...new Set(secrets)].filter((secret) => secret !== '');
  const everywhere = given.filter((secret) => secret.length >= SHORTEST && !PLACEHOLDER.test(secret));
  const patterns = [...new Set(everywhere.flatMap(formsOf))].map((form) => Buffer.from(form));
  const short = given.filter((secret) => !everywhere.includes(secret));
  // A word of its own: `sk` must not make holes in `risk`.
  const words = short.length === 0 ? undefined : new RegExp(`(?<![\\w-])(?:${short.map(escaped).join('|')})(?![\\w-])`, 'g');

  const inBytes = (bytes: Buffer, isCut: boolean): void => {
    // All are found before any is replaced, since two of them may overlap.
    const places = patterns.flatMap((pattern) => placesOf(pattern, bytes, isCut));
    for (const [start, end] of places) bytes.fill(STAR, start, end);
  };
  const inText = (text: string): string => {
    if (patterns.length === 0) return text;
    const bytes = Buffer.from(text);
    inBytes(bytes, false);
    return bytes.toString();
  };
  const inHeader = ([name, value]: RawHeader): RawHeader => {
    if (CREDENTIAL_HEADERS.has(name.toLowerCase())) {
      const scheme = SCHEME.exec(value)?.[0] ?? '';
      const credential = value.slice(scheme.length);
      return [name, dummies.includes(credential) ? value : scheme + '*'.repeat(credential.length)];
    }
    // Header text is the bytes of the wire as Latin-1.
    const bytes = Buffer.from(value, 'latin1');
    inBytes(bytes, false);
    const replaced = bytes.toString('latin1');
    return [name, words === undefined ? replaced : replaced.replace(words, (word) => '*'.repeat(word.length))];
  };
  const reach = Math.max(0, ...patterns.map(({ length }) => length));
  return { reach, inBytes, inText, inHeaders: (headers) => headers.map(inHeader) };
}

/** Credentials in request headers are secrets even if nobody said so, given a length that no innocent text has by chance. */
export function credentialsIn(headers: readonly RawHeader[], dummies: readonly string[] = []): readonly string[] {
  return headers
    .filter(([name]) => CREDENTIAL_HEADERS.has(name.toLowerCase()))
    .flatMap(([, value]) => [value, value.slice(value.indexOf(' ') + 1)])
    .filter((value) => value.length >= 16 && !dummies.some((dummy) => value.endsWith(dummy)));
}

/** `RegExp.escape`, which Node 22 lacks. */
function escaped(text: string): string {
  return text.replaceAll(/[^\w\s]/g, String.raw`\$&`);
}

function formsOf(secret: string): readonly string[] {
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret.toWellFormed()), encodeURI(secret.toWellFormed())];
}

function placesOf(pattern: Buffer, bytes: Buffer, isCut: boolean): (readonly [start: number, end: number])[] {
  const places: [number, number][] = [];
  for (let at = bytes.indexOf(pattern); at !== -1; at = bytes.indexOf(pattern, at + 1)) places.push([at, at + pattern.length]);
  if (!isCut) return places;
  for (let length = Math.min(pattern.length - 1, bytes.length); length >= SHORTEST; length -= 1) {
    const start = bytes.length - length;
    if (bytes.subarray(start).equals(pattern.subarray(0, length))) return [...places, [start, bytes.length]];
  }
  return places;
}
