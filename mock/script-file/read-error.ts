/** An error before the stream, in a script file. */
import { errorTypes, pointerTo, type ErrorType } from '../../spec/index.ts';
import { isJsonObject, type JsonObject } from '../../spec/json.ts';
import { limitHeaders, type RateLimit } from '../physics/limit-headers.ts';
import { refuse, type Refusal } from '../script/refusal.ts';
import { definedOnly } from './defined-only.ts';
import { optional, readChoice, readNumber, readObject, readText, readTexts } from './read-value.ts';
import { at, mustBe } from './script-file-error.ts';

/** Words for `error` and `fail`. */
export const errorWords: readonly ErrorType[] = errorTypes.map(({ type }) => type);

export function readError(value: JsonObject, pointer: string): Refusal {
  const fields = readObject(value, pointer, ['error', 'message', 'status', 'retryAfter', 'limits', 'headers', 'details']);
  const retryAfter = optional(fields, pointer, 'retryAfter', (seconds, place) => readNumber(seconds, place, { from: 0 }));
  const headers = {
    ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
    ...optional(fields, pointer, 'limits', readLimits),
    ...optional(fields, pointer, 'headers', readTexts),
  };
  const options = definedOnly({
    message: optional(fields, pointer, 'message', readText),
    status: optional(fields, pointer, 'status', readStatus),
    details: optional(fields, pointer, 'details', (details, place) =>
      isJsonObject(details) ? details : mustBe(place, 'an object', details),
    ),
  });
  const type = readChoice(fields['error'], pointerTo(pointer, 'error'), errorWords);
  return at(pointer, () => refuse(type, { ...options, headers }));
}

function readStatus(value: unknown, pointer: string): number {
  const isStatus = typeof value === 'number' && Number.isInteger(value) && value >= 400 && value <= 599;
  return isStatus ? value : mustBe(pointer, 'a whole number from 400 to 599', value);
}

const limitNames = ['requests', 'tokens', 'inputTokens', 'outputTokens'] as const;

function readLimits(value: unknown, pointer: string): Readonly<Record<string, string>> {
  const fields = readObject(value, pointer, limitNames);
  const limits = definedOnly(Object.fromEntries(limitNames.map((name) => [name, optional(fields, pointer, name, readLimit)])));
  return at(pointer, () => limitHeaders(limits));
}

function readLimit(value: unknown, pointer: string): RateLimit {
  const fields = readObject(value, pointer, ['limit', 'remaining', 'reset']);
  return {
    limit: readNumber(fields['limit'], pointerTo(pointer, 'limit'), { from: 0 }),
    remaining: readNumber(fields['remaining'], pointerTo(pointer, 'remaining'), { from: 0 }),
    ...definedOnly({ reset: optional(fields, pointer, 'reset', readTime) }),
  };
}

function readTime(value: unknown, pointer: string): string {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? value : mustBe(pointer, 'a time like 2030-01-01T00:00:00Z', value);
}
