/** A stateful rate limiter: a bucket that refills all the time, as the official service's does. https://platform.claude.com/docs/en/api/rate-limits */
import { ApiError, systemClock, type Clock } from '../../endpoint/index.ts';
import { requireKeys, requireNumber } from '../script/script-error.ts';
import { limitHeaders, type RateLimits } from './limit-headers.ts';

export interface RateLimitOptions {
  /** Requests in `perMs`. */
  readonly requests: number;
  readonly perMs: number;
  /** Input tokens in `perMs`. Default: no limit. */
  readonly tokens?: number;
}

const fields: Readonly<Record<keyof RateLimitOptions, true>> = { requests: true, perMs: true, tokens: true };

/** Throws a `MockScriptError` for limits that cannot be. */
export function checkRateLimit(place: string, options: unknown): void {
  requireKeys(place, options, fields);
  requireNumber(`${place}.requests`, options.requests, 1);
  requireNumber(`${place}.perMs`, options.perMs, Number.MIN_VALUE);
  if (options.tokens !== undefined) requireNumber(`${place}.tokens`, options.tokens, 1);
}

/** The end of the year 9999: what is full only later, as good as never, still needs a time of RFC 3339. */
const lastTime = Date.UTC(9999, 11, 31, 23, 59, 59);

export class RateLimiter {
  readonly #options: RateLimitOptions;
  readonly #clock: Clock;
  #requests: number;
  #tokens: number;
  #filledAt: number;

  constructor(options: RateLimitOptions, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
    this.#requests = options.requests;
    this.#tokens = options.tokens ?? Number.POSITIVE_INFINITY;
    this.#filledAt = clock.now();
  }

  /** Takes a request out of the bucket, and gives the headers that tell what is left; throws a 429 where it is empty. */
  admit(tokens: number): Readonly<Record<string, string>> {
    this.#fill();
    // A prompt larger than the whole bucket would otherwise wait for ever.
    const cost = Math.min(tokens, this.#options.tokens ?? 0);
    if (this.#requests < 1 || this.#tokens < cost) throw this.#refusal(cost);
    this.#requests -= 1;
    this.#tokens -= cost;
    return this.#headers();
  }

  #fill(): void {
    const { requests, perMs, tokens = Number.POSITIVE_INFINITY } = this.#options;
    const now = this.#clock.now();
    const share = (now - this.#filledAt) / perMs;
    this.#filledAt = now;
    this.#requests = Math.min(requests, this.#requests + requests * share);
    if (Number.isFinite(tokens)) this.#tokens = Math.min(tokens, this.#tokens + tokens * share);
  }

  #refusal(cost: number): ApiError {
    const { requests, perMs, tokens = 1 } = this.#options;
    const waitMs = Math.max(((1 - this.#requests) / requests) * perMs, this.#tokens < cost ? ((cost - this.#tokens) / tokens) * perMs : 0);
    const headers = { 'retry-after': String(Math.ceil(waitMs / 1000)), ...this.#headers() };
    return new ApiError('rate_limit_error', `The request would exceed the limit of ${requests} requests in ${perMs} ms.`, { headers });
  }

  #headers(): Readonly<Record<string, string>> {
    const { requests, tokens } = this.#options;
    const limits: RateLimits = {
      requests: { limit: requests, remaining: Math.floor(this.#requests), reset: this.#fullAt(this.#requests / requests) },
      ...(tokens !== undefined && {
        inputTokens: { limit: tokens, remaining: Math.floor(this.#tokens), reset: this.#fullAt(this.#tokens / tokens) },
      }),
    };
    return limitHeaders(limits);
  }

  /** A clock that a test holds begins with 2026, so that the headers are the same in every run. */
  #fullAt(share: number): string {
    const epoch = this.#clock === systemClock ? performance.timeOrigin : Date.UTC(2026, 0, 1);
    const full = epoch + this.#clock.now() + (1 - share) * this.#options.perMs;
    return new Date(Math.min(Math.ceil(full / 1000) * 1000, lastTime)).toISOString().replace('.000Z', 'Z');
  }
}
