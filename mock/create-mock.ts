/** The mock: a backend that answers from a script or by simple rules, behind the same endpoint as the reference server. */
import type { MessagesRequest, ModelInfo } from '../spec/index.ts';
import {
  createEndpoint,
  createFetch,
  seededIds,
  type Backend,
  type BackendEvent,
  type Endpoint,
  type EndpointOptions,
} from '../endpoint/index.ts';
import { composeAnswer, refuseServerTools } from './compose-answer.ts';
import { countPrompt } from './estimate-tokens.ts';
import { defaultModels } from './models.ts';
import { speak } from './speak.ts';

/** What to answer to a request; undefined for the default answer. See `BackendEvent` for the order of events. */
export type Script = (request: MessagesRequest) => Iterable<BackendEvent> | AsyncIterable<BackendEvent> | undefined;

export interface MockOptions extends Omit<EndpointOptions, 'ids'> {
  /** Asked first at every request. Default: no script. */
  readonly script?: Script;
  /** Default: `mock-model` and two others. */
  readonly models?: readonly ModelInfo[];
  /** The same seed gives the same ids. Default 1. */
  readonly seed?: number;
}

/** Also an `Endpoint`, so that `listen(mock)` puts it on a port. */
export interface Mock extends Endpoint {
  readonly backend: Backend;
  /** A `fetch` that asks the mock: `new Anthropic({ apiKey: 'test', fetch: mock.fetch })`. Any host will do. */
  readonly fetch: typeof fetch;
}

/**
 * @example
 * const mock = createMock();
 * const client = new Anthropic({ apiKey: 'test', fetch: mock.fetch });
 */
export function createMock({ script, models, seed = 1, ...options }: MockOptions = {}): Mock {
  const backend = createBackend(script, models);
  // A script that breaks the contract is the user's mistake, and the client is only told of an internal error.
  const endpoint = createEndpoint(backend, { onError: (error) => console.error(error), ...options, ids: seededIds(seed) });
  const { clock } = options;
  return { backend, handle: (request) => endpoint.handle(request), fetch: createFetch(endpoint, clock && { clock }) };
}

function createBackend(script: Script | undefined, models: readonly ModelInfo[] = defaultModels): Backend {
  return {
    models: () => models,
    countTokens(request) {
      refuseServerTools(request.tools);
      return countPrompt(request);
    },
    async *generate(request) {
      const scripted = script?.(request);
      if (scripted !== undefined) {
        yield* scripted;
        return;
      }
      refuseServerTools(request.tools);
      yield { type: 'start', prompt: { input: countPrompt(request) } };
      yield* speak(composeAnswer(request), request);
    },
  };
}
