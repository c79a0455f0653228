/** The server side of the protocol: a request becomes a Reply, with a Backend behind it. Routing, authentication, validation, errors, limits, pings and the order of events are decided here, once for every renderer. */
import type { MessagesRequest } from '../spec/index.ts';
import type { JsonObject } from '../spec/json.ts';
import { authenticate } from './auth.ts';
import type { Backend } from './backend.ts';
import { readJsonObject } from './body.ts';
import { systemClock, type Clock } from './clock.ts';
import { ApiError } from './errors.ts';
import { countedMessage, generateMessage, streamMessage, type Job } from './generation/generate.ts';
import { createIds, type Ids } from './ids.ts';
import { emptyReply, errorReply, jsonReply } from './json-reply.ts';
import { findModel, findUsableModel, listModels } from './models.ts';
import type { Reply } from './reply.ts';
import { headerMap, splitUrl, type EndpointRequest } from './request.ts';
import { findRoute, isProbe } from './route.ts';
import { assertCountTokensRequest, assertMessagesRequest, refuseOverLimit } from './validate.ts';
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

export function createEndpoint(backend: Backend, options: EndpointOptions = {}): Endpoint {
  const { apiKeys = [], maxBodyBytes = 32 * 1024 * 1024, pingIntervalMs = 10_000, strict = true } = options;
  const { ids = createIds(), clock = systemClock, onError } = options;

  async function answer(request: EndpointRequest, requestId: string): Promise<Reply> {
    const { path, query } = splitUrl(request.url);
    if (isProbe(request.method, path)) return emptyReply(requestId);
    const headers = headerMap(request.headers);
    authenticate(headers, apiKeys);
    const route = findRoute(request.method, path);
    const rules = readRules(headers);
    if (route.name === 'models-list') return jsonReply(200, listModels(backend.models(), query), requestId);
    if (route.name === 'models-get') return jsonReply(200, findModel(backend.models(), route.id), requestId);
    const body = await readJsonObject(request, headers, maxBodyBytes);
    return route.name === 'messages' ? createMessage(body, rules, request.signal, requestId) : countTokens(body, rules, requestId);
  }

  async function countTokens(body: JsonObject, rules: RequestRules, requestId: string): Promise<Reply> {
    assertCountTokensRequest(body, rules, strict);
    findUsableModel(backend.models(), body.model);
    return jsonReply(200, { input_tokens: await backend.countTokens(body) }, requestId);
  }

  async function createMessage(body: JsonObject, rules: RequestRules, signal: AbortSignal | undefined, requestId: string): Promise<Reply> {
    assertMessagesRequest(body, rules, strict);
    refuseOverLimit(body, findUsableModel(backend.models(), body.model));
    const job = jobOf(body, signal, requestId);
    if (body.stream === true) return streamMessage(job);
    return jsonReply(200, await (body.max_tokens === 0 ? countedMessage(job) : generateMessage(job)), requestId);
  }

  function jobOf(request: MessagesRequest, signal: AbortSignal | undefined, requestId: string): Job {
    const { thinking, model } = request;
    const omitThinking = thinking !== undefined && 'display' in thinking && thinking.display === 'omitted';
    const context = { id: ids.message(), model, omitThinking, newToolId: () => ids.tool() };
    return { backend, request, context, requestId, signal, clock, pingIntervalMs, toApiError: (error) => toApiError(error, requestId) };
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
      try {
        return await answer(request, requestId);
      } catch (error) {
        return errorReply(toApiError(error, requestId), requestId);
      }
    },
  };
}
