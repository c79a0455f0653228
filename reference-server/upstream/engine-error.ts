/** What goes wrong at the engine, as this server's clients are told it: the type they act on, and the engine's own words where they help. */
import { ApiError } from '../../endpoint/errors.ts';
import type { ErrorType } from '../../spec/index.ts';
import { isJsonObject, type JsonObject } from '../../spec/json.ts';
import { jsonText } from './json-text.ts';

/** A refusal of the prompt, or of `max_tokens` together with it, because of the context's size. */
export class ContextOverflow extends ApiError {
  /** Tokens of the prompt and of the context, where the engine tells them as fields (llama.cpp does). */
  readonly promptTokens: number | undefined;
  readonly window: number | undefined;

  constructor(message: string, error: JsonObject) {
    super('invalid_request_error', message);
    this.promptTokens = countIn(error, 'n_prompt_tokens');
    this.window = countIn(error, 'n_ctx');
  }
}

/** Statuses whose meaning is not that of the nearest documented one. The key and its bill are this server's, so 401 to 403 are not the client's fault. */
const types: Readonly<Record<number, ErrorType>> = {
  401: 'api_error',
  402: 'api_error',
  403: 'api_error',
  404: 'not_found_error',
  405: 'not_found_error',
  407: 'api_error',
  408: 'timeout_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  502: 'overloaded_error',
  503: 'overloaded_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};

/** Requests that engines refuse with a 500 although another one would be taken: llama.cpp of images, several of what a template throws. */
const clientMistakes = /image input is not supported|not a multimodal model|does not support (image|multimodal)|jinja|chat template/i;

/** vLLM, SGLang, LMDeploy and llama.cpp each word it in their own way, and several ways over time. */
const overflow =
  /context (length|size|window)|maximum (context|model) length|max_model_len|exceed_context_size|longer than the model|(input|prompt) is too long/i;

/** A status that is not 2xx, with the beginning of its body. */
export function refusedByEngine(status: number, body: string, retryAfter?: string): ApiError {
  const error = errorObject(parse(body));
  return apiError(status, error, retryAfter);
}

/** An error that came inside a stream, or as the body of a 200. */
export function errorInStream(value: unknown): ApiError {
  const error = errorObject(value);
  // The code may as well be a word, and the status another field.
  const codes = [error['code'], error['status_code'], error['status']].map(statusIn);
  return apiError(codes.find((code) => code !== undefined) ?? 500, error);
}

function statusIn(value: unknown): number | undefined {
  const status = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
  return Number.isInteger(status) && status >= 400 && status < 600 ? status : undefined;
}

/** What the HTTP client threw. */
export function unreachable(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const code = codeOf(error);
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT' || isTimeout(error))
    return new ApiError('timeout_error', 'The engine behind this server was silent for too long.', { cause: error });
  if (code === 'ECONNREFUSED' || code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ENOTFOUND' || code === 'EHOSTUNREACH')
    return new ApiError('overloaded_error', 'The engine behind this server cannot be reached.', {
      cause: error,
      headers: { 'retry-after': '5' },
    });
  return new ApiError('api_error', 'The connection to the engine behind this server broke.', { cause: error });
}

/** What an engine says, short enough for a message. */
export function quoted(text: string): string {
  return `"${shortened(text, 80)}"`;
}

function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length).toWellFormed()}…` : text.toWellFormed();
}

/** A reply that no engine should send. */
export function brokenReply(what: string): ApiError {
  return new ApiError('api_error', `The engine behind this server ${what}.`);
}

function apiError(status: number, error: JsonObject, retryAfter?: string): ApiError {
  const message = messageOf(error) ?? `status ${status}`;
  if (overflow.test(message) || overflow.test(wordIn(error, 'type'))) return new ContextOverflow(told(message), error);
  const isMistake = status >= 500 && clientMistakes.test(message);
  if (status === 401 || status === 403) return new ApiError('api_error', `The engine does not take this server's key: ${message}`);
  const type = isMistake
    ? 'invalid_request_error'
    : (types[status] ?? (status >= 400 && status < 500 ? 'invalid_request_error' : 'api_error'));
  return new ApiError(type, told(message), isRetryAfter(retryAfter) ? { headers: { 'retry-after': retryAfter } } : {});
}

/** Seconds, whole or not, or a date; whatever else it is is no time, and some of it could not be sent. */
function isRetryAfter(value: string | undefined): value is string {
  return value !== undefined && /^(\d{1,6}(?:\.\d{1,6})?|[\w,: ]{20,40})$/.test(value);
}

function told(message: string): string {
  return `The engine says: ${message}`;
}

/** `{error: {...}}` as OpenAI has it; vLLM's older `{object: "error", message}`; FastAPI's `{detail}`; or a bare string. */
function errorObject(value: unknown): JsonObject {
  if (!isJsonObject(value)) return { message: value };
  const { error, detail } = value;
  if (isJsonObject(error)) return error;
  if (typeof error === 'string') return { message: error };
  return detail === undefined ? value : { message: detail };
}

function messageOf(error: JsonObject): string | undefined {
  const { message } = error;
  if (message === undefined || message === null || message === '') return undefined;
  const text = typeof message === 'string' ? message : jsonText(message);
  return text === undefined ? undefined : shortened(text, 500);
}

/** A body that is not JSON is a proxy's page as a rule, and helps nobody. */
function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function countIn(error: JsonObject, name: string): number | undefined {
  const value = error[name];
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

function wordIn(error: JsonObject, name: string): string {
  const value = error[name];
  return typeof value === 'string' ? value : '';
}

/** Our own patience, as an `AbortSignal.timeout` ends it. */
function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}

/** Of the error or of what caused it: connection attempts to several addresses are gathered in one. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return codeOf(error.cause);
}
