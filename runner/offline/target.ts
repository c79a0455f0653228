/** Whom recorded traffic was meant for: base URL, model and manner of authentication, read from the requests themselves. */
import type { AuthStyle, Exchange, Target } from '../../spec/index.ts';
import { headerIn } from '../request-view.ts';
import { parseJson } from '../wire/index.ts';

const route = /^(.*)\/v1\/(?:messages(?:\/count_tokens)?|models(?:\/.+)?)$/;

/** What comes before `/v1/messages` or `/v1/models`; undefined for the URL of something else. */
export function apiBaseOf(url: string): string | undefined {
  const parsed = URL.parse(url);
  const prefix = route.exec(parsed?.pathname ?? '')?.[1];
  return parsed === null || prefix === undefined || !/^https?:$/.test(parsed.protocol) ? undefined : `${parsed.origin}${prefix}`;
}

/** The base URL that most of them have. */
export function commonBase(urls: readonly string[]): string | undefined {
  const bases = urls.flatMap((url) => apiBaseOf(url) ?? []);
  const counted = [...Map.groupBy(bases, (base) => base)].toSorted(([, a], [, b]) => b.length - a.length);
  return counted[0]?.[0];
}

/** The target of some exchanges, as the first message request has it. */
export function targetOfTraffic(baseUrl: string, exchanges: readonly Exchange[]): Target {
  const asked = exchanges.find(({ request }) => modelOf(request.body) !== undefined)?.request ?? exchanges[0]?.request;
  const header = headerIn(asked?.headers ?? []);
  return {
    baseUrl,
    model: modelOf(asked?.body) ?? '',
    modelFrom: 'option',
    auth: authOf(header('x-api-key') !== undefined, header('authorization') !== undefined),
    apiVersion: header('anthropic-version') ?? 'none sent',
  };
}

function authOf(hasKey: boolean, hasBearer: boolean): AuthStyle {
  if (hasKey) return hasBearer ? 'both' : 'x-api-key';
  return hasBearer ? 'bearer' : 'none';
}

function modelOf(body: Exchange['request']['body']): string | undefined {
  const parsed = body?.kind === 'text' ? parseJson(body.text) : {};
  if (!('json' in parsed) || typeof parsed.json !== 'object' || parsed.json === null || !('model' in parsed.json)) return undefined;
  return typeof parsed.json.model === 'string' ? parsed.json.model : undefined;
}
