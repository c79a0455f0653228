/** A request as recorder and replay compare it. */
import type { RawHeader } from '../../spec/index.ts';
import { ApiError } from '../../endpoint/index.ts';
import { exceedsDepth } from '../../endpoint/json-depth.ts';
import { splitUrl, type EndpointRequest } from '../../endpoint/request.ts';

/** As the official limit. */
const maxBytes = 32 * 1024 * 1024;

/** Deeper bodies are compared as texts: walking them recursively would exhaust the stack. */
const maxDepth = 200;

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Path and query, as they were sent. */
  readonly target: string;
  readonly headers: readonly RawHeader[];
  /** As it was sent. */
  readonly bytes: string | Uint8Array;
  readonly body: ParsedBody;
}

/** Exactly one of the two, or none where there is no body. */
export interface ParsedBody {
  readonly json?: unknown;
  readonly text?: string;
}

/** Reads the request to its end; throws an `ApiError` where its body is too large, or the client leaves in the middle of it. */
export async function readAsked({ method, url, headers, body = '' }: EndpointRequest): Promise<Asked> {
  const bytes = typeof body === 'function' ? await body(maxBytes) : body;
  if (bytes === undefined) throw new ApiError('request_too_large', `The body is larger than ${maxBytes} bytes.`);
  const { path, query } = splitUrl(url);
  const mark = url.indexOf('?');
  const target = mark < 0 ? path : path + url.slice(mark);
  return { method, path, query: query(), target, headers: [...headers], bytes, body: parseBody(bytes) };
}

function parseBody(bytes: string | Uint8Array): ParsedBody {
  const text = typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes);
  if (text === '') return {};
  if (exceedsDepth(text, maxDepth)) return { text };
  try {
    return { json: JSON.parse(text) };
  } catch {
    return { text };
  }
}
