/** What faults do, as functions that give an `Act`: refuse what is valid, take what is not, answer something else, or spoil the answer. */
import { ApiError, type Reply } from '../../endpoint/index.ts';
import { errorReply } from '../../endpoint/json-reply.ts';
import type { JsonObject } from '../../spec/json.ts';
import type { ErrorType } from '../../spec/index.ts';
import type { Asked } from './asked.ts';
import type { Act } from './fault.ts';
import { allFaults, type Fault, setHeader } from './reply-faults.ts';

type ActMaker = () => Act;

/** Spoils the answer. */
export function says(...faults: readonly Fault[]): ActMaker {
  return () => ({ says: allFaults(...faults) });
}

/** Takes the body for another one: ignores a field, or repairs what is wrong with it and so takes what it should refuse. */
export function hears(change: (body: JsonObject, asked: Asked) => unknown): ActMaker {
  return () => ({ hears: change });
}

/** Takes the request as if nothing stood at these JSON Pointers. */
export function ignores(...pointers: readonly string[]): ActMaker {
  return hears((body) => pointers.reduce<unknown>((value, pointer) => withAt(value, pointer, undefined), body));
}

/** Takes the request as if these values stood at these JSON Pointers. */
export function assumes(values: Readonly<Record<string, unknown>>): ActMaker {
  return hears((body) => Object.entries(values).reduce<unknown>((value, [pointer, put]) => withAt(value, pointer, put), body));
}

/** Refuses. Default: 400 `invalid_request_error`. */
export function refuses(type: ErrorType = 'invalid_request_error', message = 'This is not supported.'): ActMaker {
  return () => ({ instead: () => errorReply(new ApiError(type, message), requestId) });
}

/** Answers with that body instead: an object as JSON, a string as it is. */
export function answers(status: number, content: unknown, contentType = 'application/json'): ActMaker {
  return () => ({
    instead: (): Reply => ({
      kind: 'body',
      status,
      headers: [
        ['content-type', contentType],
        ['request-id', requestId],
      ],
      body: typeof content === 'string' ? content : JSON.stringify(content),
    }),
  });
}

/** Crashes: a 500 as frameworks send it. */
export const crashes: ActMaker = answers(500, 'Internal Server Error', 'text/plain');

/** The answer without a header, or with another value of it. */
export function sendsHeader(name: string, value: string | undefined): ActMaker {
  return says(setHeader(name, value));
}

const requestId = 'req_of_a_fault';

/**
 * A copy with another value at a JSON Pointer, `-` for the last of a list; undefined removes it. A pointer that leads nowhere changes
 * nothing, so that a fault fits more requests than one.
 */
export function withAt(value: unknown, pointer: string, put: unknown): unknown {
  const path = pointer.split('/').slice(1);
  return changed(
    value,
    path.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')),
    put,
  );
}

function changed(value: unknown, [key, ...rest]: readonly string[], put: unknown): unknown {
  if (key === undefined) return put;
  if (Array.isArray(value)) {
    const index = key === '-' ? value.length - 1 : Number(key);
    if (!(index in value)) return value;
    if (rest.length === 0 && put === undefined) return value.filter((_, position) => position !== index);
    return value.map((entry: unknown, position) => (position === index ? changed(entry, rest, put) : entry));
  }
  if (typeof value !== 'object' || value === null) return value;
  if (rest.length > 0 && !(key in value)) return value;
  if (rest.length === 0 && put === undefined) return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
  return { ...value, [key]: changed(Reflect.get(value, key), rest, put) };
}
