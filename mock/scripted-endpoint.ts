/** The endpoint of a mock: the reference server's, with a script where the model would be. */
import type { CountTokensRequest } from '../spec/index.ts';
import { createEndpoint, seededIds, systemClock, type Endpoint } from '../endpoint/index.ts';
import { createAnswerer } from './answerer.ts';
import { refuseServerTools } from './compose-answer.ts';
import { countPrompt } from './estimate-tokens.ts';
import type { MockOptions } from './mock-types.ts';
import { defaultModels, modelNamed } from './models.ts';
import { Chaos } from './physics/chaos.ts';
import { checkPace } from './physics/pace.ts';
import { seededRandom } from './physics/random.ts';
import { RateLimiter } from './physics/rate-limiter.ts';
import type { Rulebook } from './script/rulebook.ts';
import { requireOneOf } from './script/script-error.ts';
import type { Trouble } from './script/verification.ts';

/** Throws a `MockScriptError` for options that cannot be. */
export function scriptedEndpoint(options: MockOptions, rulebook: Rulebook, report: (trouble: Trouble) => void): Endpoint {
  const { models, seed = 1, pace = {}, chaos, rateLimit, honest = true, countTokens = countPrompt, ...endpointOptions } = options;
  const count = endpointOptions.validate === undefined || endpointOptions.validate === 'strict' ? countTokens : lenient(countTokens);
  const { clock = systemClock } = endpointOptions;
  checkPace('createMock().pace', pace);
  requireOneOf('createMock().validate', endpointOptions.validate ?? 'strict', ['strict', 'warn', 'off']);
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
  return createEndpoint(backend, { onError: (error) => console.error(error), ...endpointOptions, ids: seededIds(seed) });
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
