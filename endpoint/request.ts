/** A request as the endpoint reads it, whatever carried it: node:http, `fetch`, or a test. */

/** Reads a body of at most `limit` bytes; undefined where it is longer. Called at most once, and not at all for a request that is refused by its head. */
export type BodyReader = (limit: number) => Promise<Uint8Array | undefined>;

export interface EndpointRequest {
  readonly method: string;
  /** Absolute, or path and query alone. */
  readonly url: string;
  /** Pairs of name and value; a `Headers` object fits. Repeated names are joined by comma. */
  readonly headers: Iterable<readonly [name: string, value: string]>;
  /** Absent for no body. */
  readonly body?: string | Uint8Array | BodyReader;
  /** Aborts when the client is gone. */
  readonly signal?: AbortSignal;
  /** Where the endpoint notes what it finds, for a journal. */
  readonly trace?: RequestTrace;
}

/** What the endpoint has found out about a request so far. */
export interface RequestTrace {
  endpoint?: 'messages' | 'count-tokens' | 'models-list' | 'models-get' | undefined;
  /** The request id. */
  id?: string;
  /** The body as text. */
  rawBody?: string | undefined;
  /** Which line of a script answered. */
  matched?: string | undefined;
  /** What is wrong with it, where it is answered nevertheless. */
  warning?: string | undefined;
}

/** Header values by lower-case name. */
export type HeaderMap = ReadonlyMap<string, string>;

export function headerMap(headers: EndpointRequest['headers']): HeaderMap {
  const map = new Map<string, string>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    const earlier = map.get(key);
    map.set(key, earlier === undefined ? value : `${earlier}, ${value}`);
  }
  return map;
}

/** Path and query of an absolute URL or of a request target. A base URL that ends in a slash doubles the first one: read as one. */
export function splitUrl(url: string): { readonly path: string; readonly query: () => URLSearchParams } {
  const target = url.startsWith('/') ? url : pathOfAbsolute(url);
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  return {
    path: path.startsWith('//') ? path.replace(/^\/+/, '/') : path,
    query: () => new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1)),
  };
}

function pathOfAbsolute(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? url : parsed.pathname + parsed.search;
}
