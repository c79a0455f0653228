/** The headers that tell a client how much it may still ask. https://platform.claude.com/docs/en/api/rate-limits#response-headers */
import { show } from '../show.ts';
import { MockScriptError, requireKeys, requireNumber } from '../script/script-error.ts';

export interface RateLimit {
  readonly limit: number;
  readonly remaining: number;
  /** When it is full again, as RFC 3339. Default: the beginning of 2030, the same in every run. */
  readonly reset?: string;
}

export interface RateLimits {
  readonly requests?: RateLimit;
  readonly tokens?: RateLimit;
  readonly inputTokens?: RateLimit;
  readonly outputTokens?: RateLimit;
}

const names = { requests: 'requests', tokens: 'tokens', inputTokens: 'input-tokens', outputTokens: 'output-tokens' } as const;

/** Throws a `MockScriptError` for a limit that cannot be. */
export function limitHeaders(limits: RateLimits): Readonly<Record<string, string>> {
  requireKeys('limits', limits, names);
  const headers: Record<string, string> = {};
  for (const kind of ['requests', 'tokens', 'inputTokens', 'outputTokens'] as const) {
    const limit = limits[kind];
    if (limit !== undefined) addHeaders(headers, `limits.${kind}`, `anthropic-ratelimit-${names[kind]}`, limit);
  }
  return headers;
}

function addHeaders(headers: Record<string, string>, place: string, prefix: string, of: RateLimit): void {
  requireKeys(place, of, { limit: true, remaining: true, reset: true });
  const { limit, remaining, reset = '2030-01-01T00:00:00Z' } = of;
  requireNumber(`${place}.limit`, limit, 0);
  requireNumber(`${place}.remaining`, remaining, 0);
  if (typeof reset !== 'string' || Number.isNaN(Date.parse(reset)))
    throw new MockScriptError(`${place}.reset`, `must be a time of RFC 3339, not ${show(reset)}.`);
  headers[`${prefix}-limit`] = String(limit);
  headers[`${prefix}-remaining`] = String(remaining);
  headers[`${prefix}-reset`] = reset;
}
