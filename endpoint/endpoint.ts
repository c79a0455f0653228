/** The server side of the protocol: a request becomes a Reply, with a Backend behind it. Routing, authentication, validation, errors, limits, pings and the order of events are decided here, once for every renderer. */
import type { MessagesRequest } from '../spec/index.ts';
import { isJsonObject, type JsonObject } from '../spec/json.ts';
import { authenticate } from './auth.ts';
import type { AnsweringBackend, Backend } from './backend.ts';
import { readJsonObject } from './body.ts';
import { systemClock, type Clock } from './clock.ts';
import { ApiError } from './errors.ts';
import { countedMessage, generateMessage, streamMessage } from './generation/generate.ts';
import { createIds, type Ids } from './ids.ts';
import type { Job } from './job.ts';
import { emptyReply, errorReply, jsonReply, writtenReply } from './json-reply.ts';
import { findModel, findUsableModel, listModels } from './models.ts';
import type { Reply } from './reply.ts';
import { headerMap, splitUrl, type EndpointRequest, type HeaderMap } from './request.ts';
import { findRoute, isProbe } from './route.ts';
import { assertCountTokensRequest, assertMessagesRequest, refuseOverLimit, refuseTooLong, type Strictness } from './validate.ts';
import { readRules, type RequestRules } from './version.ts';

export interface EndpointOptions {
  /** Keys that may ask, in `x-api-key` or as a Bearer token. Default: none, and everybody may. */
  readonly apiKeys?: readonly string[];
  /** Longer bodies get a 413. Default 32 MiB, as officially. */
  readonly maxBodyBytes?: number;
  /** While a stream waits for the backend, a ping goes out this often. Default 10,000. */
  readonly pingIntervalMs?: number;
  /** Whether unknown fields are a 400, as officially; with a live `anthropic-beta` they never are. Default true. */
  readonly strict?: boolean;
  /**
   * Whether a request that is not valid is refused (`strict`), only reported to `onWarning` (`warn`), or not looked at, its model included
   * (`off`). Default `strict`.
   */
  readonly validate?: 'strict' | 'warn' | 'off';
  /** Told what is wrong with a request, where `validate` is `warn`. Default: nobody. */
  readonly onWarning?: (problem: string, requestId: string) => void;
  /** Told of every exception that became a 500: what the client must not see. Default: nobody. */
  readonly onError?: (error: unknown, requestId: string) => void;
  readonly ids?: Ids;
  readonly clock?: Clock;
}

/** What a renderer drives. */
export interface Endpoint {
  /** Never rejects: whatever goes wrong is a Reply. A stream has begun when it resolves. */
  handle(request: EndpointRequest): Promise<Reply>;
}

export function createEndpoint(backend: Backend | AnsweringBackend, options: EndpointOptions = {}): Endpoint {
  const { apiKeys = [], maxBodyBytes = 32 * 1024 * 1024, pingIntervalMs = 10_000, validate = 'strict' } = options;
  const { ids = createIds(), clock = systemClock, onError } = options;
  const strictnessFor = strictness(options);

  async function answer(request: EndpointRequest, requestId: string): Promise<Reply> {
    const { path, query } = splitUrl(request.url);
    if (isProbe(request.method, path)) return emptyReply(requestId);
    const headers = headerMap(request.headers);
    authenticate(headers, apiKeys);
    const route = findRoute(request.method, path);
    if (request.trace !== undefined) request.trace.endpoint = route.name;
    const rules = readRules(headers);
    if (route.name === 'models-list') return jsonReply(200, listModels(backend.models(), query()), requestId);
    if (route.name === 'models-get') return jsonReply(200, findModel(backend, route.id), requestId);
    const body = await readJsonObject(request, headers, maxBodyBytes);
    return route.name === 'messages' ? createMessage(body, rules, request, headers, requestId) : countTokens(body, rules, requestId);
  }

  async function countTokens(body: JsonObject, rules: RequestRules, requestId: string): Promise<Reply> {
    assertCountTokensRequest(body, rules, strictnessFor(requestId));
    if (validate !== 'off') findUsableModel(backend, body.model);
    return jsonReply(200, { input_tokens: await backend.countTokens(body) }, requestId);
  }

  async function createMessage(
    body: JsonObject,
    rules: RequestRules,
    source: EndpointRequest,
    headers: HeaderMap,
    requestId: string,
  ): Promise<Reply> {
    assertMessagesRequest(body, rules, strictnessFor(requestId, source));
    const model = validate === 'off' ? undefined : findUsableModel(backend, body.model);
    if (model !== undefined) refuseOverLimit(body, model);
    const job = jobOf(body, source, headers, requestId);
    // Asks for nothing but that the prompt be read.
    if (body.max_tokens === 0 && !('keepsPrompts' in backend && backend.keepsPrompts)) {
      const count = await backend.countTokens(body);
      if (model !== undefined) refuseTooLong(count, model);
      return jsonReply(200, countedMessage(count, job), requestId);
    }
    if ('answer' in backend) return backend.answer(job);
    if (body.stream === true) return streamMessage(backend, job);
    return writtenReply(200, await generateMessage(backend, job), requestId);
  }

  function jobOf(request: MessagesRequest, source: EndpointRequest, headers: HeaderMap, requestId: string): Job {
    const { thinking, model } = request;
    // Where nothing is validated, it may be anything.
    const omitThinking = isJsonObject(thinking) && thinking['display'] === 'omitted';
    const context = { id: ids.message(), model, omitThinking, newToolId: () => ids.tool() };
    const { signal } = source;
    return {
      request,
      context,
      requestId,
      source,
      headers,
      signal,
      clock,
      pingIntervalMs,
      toApiError: (error) => toApiError(error, requestId),
    };
  }

  /** Only an `ApiError` was written for the client's eyes. */
  function toApiError(error: unknown, requestId: string): ApiError {
    if (error instanceof ApiError) return error;
    onError?.(error, requestId);
    return new ApiError('api_error', 'Internal server error.');
  }

  return {
    async handle(request) {
      const requestId = ids.request();
      if (request.trace !== undefined) request.trace.id = requestId;
      try {
        return await answer(request, requestId);
      } catch (error) {
        return errorReply(toApiError(error, requestId), requestId);
      }
    },
  };
}

function strictness({
  strict = true,
  validate = 'strict',
  onWarning,
}: EndpointOptions): (requestId: string, source?: EndpointRequest) => Strictness {
  return (requestId, source) => ({
    mode: validate,
    refusesUnknown: strict,
    warn(problem) {
      if (source?.trace !== undefined) source.trace.warning = problem;
      onWarning?.(problem, requestId);
    },
  });
}
