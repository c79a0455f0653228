/** The endpoint of a mock: the reference server's, with a script where the model would be. */
import type { CountTokensRequest } from '../spec/index.ts';
import { ApiError, createEndpoint, seededIds, systemClock, type Endpoint, type Ids } from '../endpoint/index.ts';
import { errorReply } from '../endpoint/json-reply.ts';
import { splitUrl } from '../endpoint/request.ts';
import { isProbe } from '../endpoint/route.ts';
import { createAnswerer } from './answerer.ts';
import { refuseServerTools } from './compose-answer.ts';
import { countPrompt } from './estimate-tokens.ts';
import { hasKey } from './keys.ts';
import type { MockOptions } from './mock-types.ts';
import { defaultModels, modelNamed } from './models.ts';
import { Chaos } from './physics/chaos.ts';
import { seededRandom } from './physics/random.ts';
import { RateLimiter } from './physics/rate-limiter.ts';
import type { Rulebook } from './script/rulebook.ts';
import { requireNumber } from './script/script-error.ts';
import type { Trouble } from './script/verification.ts';

/** @param options that were checked. */
export function scriptedEndpoint(options: MockOptions, rulebook: Rulebook, report: (trouble: Trouble) => void): Endpoint {
  const { models, seed = 1, pace = {}, chaos, rateLimit, honest = true, countTokens = countPrompt, apiKeys = 'any', ...rest } = options;
  const isStrict = rest.validate === undefined || rest.validate === 'strict';
  const count = checked(isStrict ? countTokens : lenient(countTokens));
  const { clock = systemClock } = rest;
  const random = seededRandom(seed);
  const { limits = true, tools = true } = typeof honest === 'boolean' ? { limits: honest, tools: honest } : honest;
  const answer = createAnswerer({
    rulebook,
    pace,
    random,
    limiter: rateLimit && new RateLimiter(rateLimit, clock),
    chaos: chaos && new Chaos(chaos, random),
    cuts: limits,
    checksTools: tools,
    isStrict,
    countPrompt: count,
    report,
  });
  const backend = {
    models: () => models ?? defaultModels,
    ...(models === undefined && { unlisted: modelNamed }),
    countTokens(request: CountTokensRequest) {
      if (rulebook.isEmpty) refuseServerTools(request.tools);
      return count(request);
    },
    answer,
  };
  // What the client is only told of as an internal error is the mock's own mistake.
  const ids = seededIds(seed);
  const keys = apiKeys === 'any' ? [] : apiKeys;
  const endpoint = createEndpoint(backend, { onError: (error) => console.error(error), ...rest, apiKeys: keys, ids });
  return apiKeys === 'any' ? withKey(endpoint, ids) : endpoint;
}

/** Whoever sends no key at all is refused, save who only looks whether a server is there. */
function withKey(endpoint: Endpoint, ids: Ids): Endpoint {
  return {
    handle(request) {
      if (hasKey(request.headers) || isProbe(request.method, splitUrl(request.url).path)) return endpoint.handle(request);
      const id = ids.request();
      if (request.trace !== undefined) request.trace.id = id;
      const message = 'No key: send x-api-key or Authorization: Bearer. This mock takes any; createMock({ apiKeys: [] }) asks for none.';
      return Promise.resolve(errorReply(new ApiError('authentication_error', message), id));
    },
  };
}

/** What is said as usage must be a count: a promise, for want of an await, would be an object there. */
function checked(count: (request: CountTokensRequest) => number): (request: CountTokensRequest) => number {
  return (request) => {
    const tokens = count(request);
    requireNumber('createMock().countTokens()', tokens, 0);
    return Math.round(tokens);
  };
}

/** Of a request that is not valid there may be nothing to count. */
function lenient(count: (request: CountTokensRequest) => number): (request: CountTokensRequest) => number {
  return (request) => {
    try {
      return count(request);
    } catch {
      return 0;
    }
  };
}
