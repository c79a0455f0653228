/** From bytes to a JSON object, or to the error that says why not. */
import { isJsonObject, type JsonObject } from '../spec/json.ts';
import { ApiError } from './errors.ts';
import { exceedsDepth } from './json-depth.ts';
import type { EndpointRequest, HeaderMap } from './request.ts';

/** Deeper bodies are refused: walking them recursively, as validation does, would exhaust the stack. */
const maxDepth = 200;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Reads and parses the body of a POST; throws 400 or 413. */
export async function readJsonObject(request: EndpointRequest, headers: HeaderMap, maxBytes: number): Promise<JsonObject> {
  refuseEncoding(headers.get('content-encoding'));
  refuseMediaType(headers.get('content-type'));
  refuseLength(Number(headers.get('content-length') ?? '0'), maxBytes);
  const text = decode(await readBody(request.body, maxBytes));
  if (request.trace !== undefined) request.trace.rawBody = text;
  if (text.trim() === '') throw new ApiError('invalid_request_error', 'The body is empty; send a JSON object.');
  const body = parse(text);
  if (isJsonObject(body)) return body;
  throw new ApiError('invalid_request_error', `The body must be a JSON object, not ${describeKind(body)}.`);
}

function refuseEncoding(encoding: string | undefined): void {
  if (encoding === undefined || encoding.trim().toLowerCase() === 'identity') return;
  throw new ApiError('invalid_request_error', `The content-encoding "${encoding}" is not supported; send the body as it is.`, {
    details: { error_code: 'request_body_encoding_unsupported' },
  });
}

function refuseMediaType(contentType: string | undefined): void {
  if (contentType === undefined) return;
  const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (mediaType === 'application/json' || mediaType.endsWith('+json')) return;
  throw new ApiError('invalid_request_error', `The content-type "${contentType}" is not supported; send application/json.`);
}

function refuseLength(length: number, maxBytes: number): void {
  if (length > maxBytes) throw tooLarge(maxBytes);
}

async function readBody(body: EndpointRequest['body'], maxBytes: number): Promise<Uint8Array | string> {
  const bytes = typeof body === 'function' ? await body(maxBytes) : (body ?? '');
  if (bytes === undefined) throw tooLarge(maxBytes);
  const length = typeof bytes === 'string' ? new TextEncoder().encode(bytes).length : bytes.length;
  refuseLength(length, maxBytes);
  return bytes;
}

function tooLarge(maxBytes: number): ApiError {
  return new ApiError('request_too_large', `The body is larger than ${maxBytes} bytes.`);
}

function decode(bytes: Uint8Array | string): string {
  if (typeof bytes === 'string') return bytes;
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new ApiError('invalid_request_error', 'The body is not valid UTF-8.', { cause });
  }
}

function parse(text: string): unknown {
  if (exceedsDepth(text, maxDepth)) throw new ApiError('invalid_request_error', `The body is nested deeper than ${maxDepth} levels.`);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ApiError('invalid_request_error', 'The body is not valid JSON.', { cause });
  }
}

function describeKind(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}
