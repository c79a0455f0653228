/** A request as faults look at it, whatever carried it. */
import { splitUrl } from '../../endpoint/request.ts';
import { isJsonObject, type JsonObject } from '../../spec/json.ts';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Parsed body; undefined where there is none or it is no JSON object. */
  readonly body: JsonObject | undefined;
  /** Body as text; empty where there is none. */
  readonly text: string;
}

/** What a request is, apart from its body. */
export interface AskedHead {
  readonly method: string;
  /** Absolute, or path and query. */
  readonly url: string;
  readonly headers: Iterable<readonly [name: string, value: string]>;
}

export function asked({ method, url, headers }: AskedHead, text: string): Asked {
  const { path, query } = splitUrl(url);
  return { method, path, query: query(), headers: [...headers], body: parsed(text), text };
}

/** First value of a header, by any case of its name. */
export function headerOf({ headers }: Asked, name: string): string | undefined {
  return headers.find(([other]) => other.toLowerCase() === name)?.[1];
}

function parsed(text: string): JsonObject | undefined {
  if (text === '') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
