/** What a recorded request asked for: which route, whether as a stream, and whether the specification calls it valid. */
import {
  type Body,
  isApiVersion,
  parseBetas,
  type RawHeader,
  type RecordedRequest,
  type RecordedResponse,
  requestValidity,
} from '../spec/index.ts';
import type { EndpointName, RequestView } from '../suites/model/evidence.ts';
import { parseJson } from './wire/index.ts';

const CANONICAL_MODELS_PATH = '/v1/models';

/** Path and query below the base URL; the whole path where the URL is not below it. */
export function pathBelow(baseUrl: string, url: string): string {
  const base = new URL(baseUrl);
  const { origin, pathname, search } = new URL(url);
  const prefix = base.pathname.replace(/\/$/, '');
  const isBelow = origin === base.origin && pathname.startsWith(`${prefix}/`);
  return `${isBelow ? pathname.slice(prefix.length) : pathname}${search}`;
}

/** The route by method and path, the query aside. A target may keep its models elsewhere; the canonical place counts all the same. */
export function endpointOf(method: string, path: string, modelsPath: string = CANONICAL_MODELS_PATH): EndpointName {
  const [route = ''] = path.split('?');
  if (method === 'POST' && route === '/v1/messages') return 'messages';
  if (method === 'POST' && route === '/v1/messages/count_tokens') return 'count-tokens';
  if (method !== 'GET') return 'other';
  if (route === modelsPath) return 'models';
  // Names of models may hold slashes: `qwen/qwen3-4b`.
  if (route.startsWith(`${modelsPath}/`) && route.length > modelsPath.length + 1) return 'model';
  return 'other';
}

/** Whether the body of a response is in a content coding that the request offered. The suite does not decode it, so it reads nothing in it. */
export function isCoded(request: RecordedRequest, response: RecordedResponse | undefined): boolean {
  const coding = headerIn(response?.headers ?? [])('content-encoding')?.toLowerCase();
  const offered = headerIn(request.headers)('accept-encoding')?.toLowerCase() ?? '';
  return coding !== undefined && coding !== 'identity' && offered.includes(coding);
}

/** Everything but `stream` and `validity` stands in the request; those two are read from its body and headers. */
export function requestViewOf({ method, headers, body }: RecordedRequest, endpoint: EndpointName, path: string): RequestView {
  const header = headerIn(headers);
  const parsed = body?.kind === 'text' ? parseJson(body.text) : undefined;
  const json = parsed !== undefined && 'json' in parsed ? parsed.json : undefined;
  return {
    method,
    path,
    header,
    json,
    stream: typeof json === 'object' && json !== null && 'stream' in json && json.stream === true,
    validity: validityOf(endpoint, path, headers, body, json),
  };
}

/** First value of a header, by any case of its name. */
export function headerIn(headers: readonly RawHeader[]): (name: string) => string | undefined {
  return (name) => headers.find(([given]) => given.toLowerCase() === name.toLowerCase())?.[1];
}

function validityOf(
  endpoint: EndpointName,
  path: string,
  headers: readonly RawHeader[],
  body: Body | undefined,
  json: unknown,
): RequestView['validity'] {
  const header = headerIn(headers);
  const version = header('anthropic-version');
  if (endpoint === 'models' || endpoint === 'model') {
    return isApiVersion(version) && body === undefined && hasKnownParameters(endpoint, path) ? 'valid' : 'unknown';
  }
  // A body in a content coding is not decoded here, and servers may refuse the coding.
  if (header('content-encoding') !== undefined) return 'unknown';
  if (endpoint === 'other' || body?.kind === 'cut' || !/^application\/json\b/i.test(header('content-type') ?? '')) return 'unknown';
  if (json === undefined) return 'invalid';
  const betas = headers.filter(([name]) => name.toLowerCase() === 'anthropic-beta').map(([, value]) => value);
  return requestValidity(endpoint, json, { version, betas: parseBetas(betas) });
}

/** https://platform.claude.com/docs/en/api/models/list; `beta` is what the SDKs' beta routes add. */
function hasKnownParameters(endpoint: 'models' | 'model', path: string): boolean {
  const parameters = [...new URLSearchParams(path.split('?')[1] ?? '')];
  const names = parameters.map(([name]) => name);
  if (new Set(names).size < names.length || (names.includes('before_id') && names.includes('after_id'))) return false;
  return parameters.every(([name, value]) => {
    if (name === 'beta') return true;
    if (endpoint === 'model') return false;
    if (name === 'limit') return /^\d{1,4}$/.test(value) && Number(value) >= 1 && Number(value) <= 1000;
    return (name === 'before_id' || name === 'after_id') && value !== '';
  });
}
