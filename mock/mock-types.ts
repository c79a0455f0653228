/** What a mock can be told, and what it can do. */
import type { CountTokensRequest, MessagesRequest, ModelInfo } from '../spec/index.ts';
import type { Clock, Endpoint, EndpointOptions } from '../endpoint/index.ts';
import type { JournalEntry } from './journal/entry.ts';
import type { ChaosOptions } from './physics/chaos.ts';
import type { Pace } from './physics/pace.ts';
import type { RateLimitOptions } from './physics/rate-limiter.ts';
import type { Live } from './script/live.ts';
import type { RequestMatcher } from './script/matcher.ts';
import type { AnyRequest, ReplyScript } from './script/reply.ts';

export interface MockOptions extends Omit<EndpointOptions, 'ids' | 'apiKeys'> {
  /**
   * Keys that may ask, in `x-api-key` or as a Bearer token. Default `any`: whatever is sent, as long as something is; without a key it is a
   * 401, as officially. An empty array asks for none.
   */
  readonly apiKeys?: readonly string[] | 'any';
  /** Default: `mock-model` and two others, and every id that begins with `claude-`. Where they are given, only those. */
  readonly models?: readonly ModelInfo[] | undefined;
  /** The same seed gives the same ids, jitter and chaos. Default 1. */
  readonly seed?: number;
  /** How fast answers come that do not say so themselves. Default: at once. */
  readonly pace?: Pace;
  /** Faults by chance. Default: none. */
  readonly chaos?: ChaosOptions;
  /** Default: none. */
  readonly rateLimit?: RateLimitOptions;
  /** Whether a script is held to what a server could do. Default true. */
  readonly honest?: boolean | Honesty;
  /** What count_tokens and usage say. Default: an estimate that never changes. */
  readonly countTokens?: (request: CountTokensRequest) => number;
  /** Requests that the journal keeps. Default 1000. */
  readonly journalSize?: number;
}

export interface Honesty {
  /** `max_tokens` and stop sequences cut what the script says. Default true. */
  readonly limits?: boolean;
  /** A script may only call tools that the request declares, and as `tool_choice` says; what contradicts it is a 400. Default true. */
  readonly tools?: boolean;
}

export interface VerifyOptions {
  /** Whether scopes are asked, too. Default true. */
  readonly scopes?: boolean;
}

/** What answers the requests that a matcher fits. */
export interface Rule {
  /** Every time. */
  reply<Request extends AnyRequest = MessagesRequest>(reply: ReplyScript<Request>): Mock;
  /** The first time. */
  once<Request extends AnyRequest = MessagesRequest>(reply: ReplyScript<Request>): Mock;
  /** So many times: a whole number. */
  times(count: number): { reply<Request extends AnyRequest = MessagesRequest>(reply: ReplyScript<Request>): Mock };
}

/** Also an `Endpoint`, so that `listen(mock)` puts it on a port. */
export interface Mock extends Endpoint {
  /** A `fetch` that asks the mock: `new Anthropic({ apiKey: 'test', fetch: mock.fetch })`. Any host will do. */
  readonly fetch: typeof fetch;
  /** The next request that no earlier `once` answers gets this reply, whatever it asks. */
  once<Request extends AnyRequest = MessagesRequest>(reply: ReplyScript<Request>): Mock;
  /** Requests that fit get a reply, after the `once` queue; of several rules that fit the newest counts. */
  when<Request extends AnyRequest = MessagesRequest>(matcher: RequestMatcher<Request>): Rule;
  /** What nothing else answers gets this reply. */
  otherwise<Request extends AnyRequest = MessagesRequest>(reply: ReplyScript<Request>): Mock;
  /** The next request gets a stream that the test drives. */
  live(): Live;
  /** The newest requests, oldest first. */
  readonly requests: readonly JournalEntry[];
  /**
   * Throws a `MockVerificationError` where a request was not answered as scripted, an entry of the script was not used, or a `when` was given
   * no reply; in this mock or in one of its scopes. What a scope began with counts as used where any of them used it.
   * `mock.scope(key).verify()` asks one scope alone, and asks for all of its script.
   */
  verify(which?: VerifyOptions): void;
  /** Begins anew, as if just made: forgets script, journal, troubles and scopes, and what limiter and chance had come to. */
  reset(): void;
  /**
   * A mock of its own, which requests with the header `x-mock-scope: key` reach through this one. The same key gives the same mock. It begins,
   * here or with its first request, with the script of this mock as it is then written, none of it used; what is added to either of them
   * later the other does not have. Options are the same, counts and limits its own.
   */
  scope(key: string): Mock;
  /** What it serves; those that are retired, too. */
  readonly models: readonly ModelInfo[];
  /** What it goes by; `listen` of `messages-conformance/mock/node` does, too. */
  readonly clock: Clock;
}
