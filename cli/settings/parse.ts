/** From what people type to values. Every refusal is a sentence that names the flag or the variable it came from. */
import type { RawHeader } from '../../spec/record/index.ts';
import { didYouMean, oneOf, UsageError } from '../usage-error.ts';

/** One of the words. */
export function parseChoice<Word extends string>(text: string, origin: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  throw new UsageError(sentence(`${origin} takes ${oneOf(words)}, not "${text}"${didYouMean(text, words)}`));
}

/** `stream.*,tools.*` as two. */
export function parseList(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** A whole number from 1 on. */
export function parseCount(text: string, origin: string): number {
  if (/^\d+$/.test(text) && Number(text) >= 1 && Number.isSafeInteger(Number(text))) return Number(text);
  throw new UsageError(`${origin} takes a whole number from 1 on, not "${text}".`);
}

/** A whole number from 0 on. */
export function parseAmount(text: string, origin: string): number {
  if (/^\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  throw new UsageError(`${origin} takes a whole number from 0 on, not "${text}".`);
}

/** Seconds, fractions allowed. setTimeout holds at most 24 days. */
export function parseSeconds(text: string, origin: string, { isZeroAllowed = false }: { readonly isZeroAllowed?: boolean } = {}): number {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (seconds <= 2_000_000 && (seconds > 0 || (isZeroAllowed && seconds === 0))) return seconds;
  throw new UsageError(`${origin} takes seconds${isZeroAllowed ? '' : ' above 0'}, not "${text}".`);
}

/** `1`, `true`, `yes` and their opposites, for switches in the environment. */
export function parseSwitch(text: string, origin: string): boolean {
  if (/^(1|true|yes|on)$/i.test(text)) return true;
  if (/^(0|false|no|off)$/i.test(text)) return false;
  throw new UsageError(`${origin} takes 1 or 0, not "${text}".`);
}

/** `X-Tenant: a`. What is refused is not repeated: it may be a secret. */
export function parseHeader(text: string, origin: string): RawHeader {
  const colon = text.indexOf(':');
  const name = text.slice(0, colon).trim();
  if (colon < 1 || !/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) throw new UsageError(`${origin} takes NAME:VALUE, as in "X-Tenant: a".`);
  return checkedHeader(name, text.slice(colon + 1).trim(), origin);
}

/** A header that can be sent. */
export function checkedHeader(name: string, value: string, origin: string): RawHeader {
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
    throw new UsageError(`${origin}: the value of ${name} holds characters that a header cannot have.`);
  return [name, value];
}

/** A key that can be sent: shells leave line ends behind. */
export function checkedKey(text: string, origin: string): string {
  const key = text.trim();
  if (!/^[\x21-\x7e]+$/.test(key)) throw new UsageError(`The key in ${origin} holds characters that a header cannot have.`);
  return key;
}

function sentence(text: string): string {
  return /[.?]$/.test(text) ? text : `${text}.`;
}
