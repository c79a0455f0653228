/** Response headers about account, limits and retries. None has to be there; what is there has to be readable. */
import { type Check, check, type CheckMeta } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { type Deviation, fail, notApplicable, pass, shown, verdictOf } from '../model/judgement.ts';
import { responses } from '../model/kinds.ts';
import { docs, sdkPython, sdkTypescript } from '../references.ts';

const limits = 'https://platform.claude.com/docs/en/api/rate-limits';
const retrying = 'https://github.com/anthropics/anthropic-sdk-typescript/blob/main/src/client.ts';

/** A check of one header wherever it is sent: `isRight` says whether its value can be read. */
function valueCheck(
  header: string,
  expected: string,
  isRight: (value: string) => boolean,
  meta: Omit<CheckMeta, 'since' | 'layer' | 'breaks'> & Partial<Pick<CheckMeta, 'breaks'>>,
): Check {
  return check({
    breaks: [],
    ...meta,
    layer: 'http',
    reads: responses,
    probes: ['routes'],
    judge: (evidence) => {
      const value = evidence.header(header);
      if (value === undefined) return notApplicable(`no ${header} header`);
      return isRight(value) ? pass : fail({ expected: `${header}: ${expected}`, found: shown(value) });
    },
  });
}

const organizationId = valueCheck('anthropic-organization-id', 'an id', (value) => value.trim() !== '', {
  id: 'http.response.organization-id',
  level: 'may',
  requirement: 'An anthropic-organization-id header, where there is one, holds an id.',
  covers: ['http.response.organization-id'],
  source: docs.errors,
  why: 'Who reads it takes an empty id for an organization.',
});

const workspaceId = valueCheck('anthropic-workspace-id', 'wrkspc_ and more', (value) => /^wrkspc_./.test(value), {
  id: 'http.response.workspace-id',
  level: 'may',
  requirement: 'An anthropic-workspace-id header, where there is one, begins with wrkspc_.',
  covers: ['http.response.workspace-id'],
  source: docs.errors,
  breaks: [sdkTypescript('_workspace_id holds something else')],
});

const shouldRetry = valueCheck('x-should-retry', 'true or false', (value) => value === 'true' || value === 'false', {
  id: 'http.response.should-retry',
  level: 'may',
  requirement: 'An x-should-retry header, where there is one, says true or false.',
  covers: ['http.response.x-should-retry'],
  source: retrying,
  breaks: [sdkTypescript('ignores any other value'), sdkPython('ignores any other value')],
});

const rateLimit = /^anthropic-ratelimit-(requests|tokens|input-tokens|output-tokens)-(limit|remaining|reset)$/;
/** Headers of the tiers of service, which come in the same triples. */
const tierLimit = /^anthropic-(priority|fast)-(input|output)-tokens-(limit|remaining|reset)$/;

const rateLimits = check({
  id: 'http.response.ratelimit-headers',
  level: 'may',
  layer: 'http',
  requirement:
    'anthropic-ratelimit-* headers, where there are some, come as limit, remaining and reset: two counts, the second no larger, and a time in RFC 3339.',
  covers: ['http.response.ratelimit-wellformed'],
  source: limits,
  why: 'Programs that pace themselves by these headers stop, or never do.',
  breaks: [],
  reads: responses,
  probes: ['routes'],
  judge: (evidence) => judgeTriples(evidence, rateLimit, 'no anthropic-ratelimit header'),
});

const tierLimits = check({
  id: 'http.response.tier-headers',
  level: 'may',
  layer: 'http',
  requirement: 'anthropic-priority-* and anthropic-fast-* headers, where there are some, come as limit, remaining and reset.',
  covers: ['http.response.priority-headers'],
  source: 'https://platform.claude.com/docs/en/api/service-tiers',
  why: 'Programs that pace themselves by these headers stop, or never do.',
  breaks: [],
  reads: responses,
  probes: ['routes'],
  judge: (evidence) => judgeTriples(evidence, tierLimit, 'no header of a service tier'),
});

type Triple = Partial<Record<'limit' | 'remaining' | 'reset', string>>;

function judgeTriples({ headers }: Evidence, pattern: RegExp, none: string): ReturnType<typeof verdictOf> {
  const triples = new Map<string, Triple>();
  for (const [given, value] of headers) {
    const name = given.toLowerCase();
    if (!pattern.test(name)) continue;
    const cut = name.lastIndexOf('-');
    triples.set(name.slice(0, cut), { ...triples.get(name.slice(0, cut)), [name.slice(cut + 1)]: value });
  }
  if (triples.size === 0) return notApplicable(none);
  return verdictOf([...triples].flatMap(([name, triple]) => deviationsOf(name, triple)));
}

const isCount = (value = ''): boolean => /^\d+$/.test(value);

function deviationsOf(name: string, { limit, remaining, reset }: Triple): readonly Deviation[] {
  const missing = Object.entries({ limit, remaining, reset }).filter(([, value]) => value === undefined);
  if (missing.length > 0)
    return [{ expected: `${name}-limit, -remaining and -reset`, found: `no ${missing.map(([part]) => part).join(', no ')}` }];
  if (!isCount(limit) || !isCount(remaining) || Number(remaining) > Number(limit)) {
    return [
      {
        expected: `${name}: counts, of which no more remain than the limit`,
        found: `limit ${shown(limit)}, remaining ${shown(remaining)}`,
      },
    ];
  }
  const isTime = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.test(reset ?? '');
  return isTime ? [] : [{ expected: `${name}-reset: a time in RFC 3339`, found: shown(reset) }];
}

const retryAfter = check({
  id: 'http.response.retry-after',
  level: 'should',
  layer: 'http',
  requirement: 'A 429 carries a retry-after header with a number of seconds.',
  covers: ['http.response.retry-after', 'sdk.retry.headers'],
  source: limits,
  breaks: [sdkTypescript('asks again after half a second, so it runs into the limit again'), sdkPython('asks again after half a second')],
  reads: responses,
  probes: ['routes'],
  judge: (evidence) => {
    if (evidence.status !== 429) return notApplicable('no 429');
    const value = evidence.header('retry-after');
    return value !== undefined && /^\d+(\.\d+)?$/.test(value.trim())
      ? pass
      : fail({ expected: 'retry-after: seconds', found: value === undefined ? 'none' : shown(value) });
  },
});

export const accountHeaderChecks: readonly Check[] = [organizationId, workspaceId, shouldRetry, rateLimits, tierLimits, retryAfter];
