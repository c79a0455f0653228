/** A request as the recorder's callers state it, and as it is handed to a connection. https://www.rfc-editor.org/rfc/rfc9112#section-3.2 */
import type { RawHeader } from '../../spec/record/index.ts';
import type { Dispatch } from './connection.ts';
import { basicCredentials } from './proxy.ts';

export interface WireRequest {
  readonly method: string;
  /** Absolute; credentials in it become Basic authentication unless there is an authorization header. */
  readonly url: string;
  /** Sent in this order and case. Host, connection and content-length are added, and `accept-encoding: identity` where none is given. */
  readonly headers: readonly RawHeader[];
  readonly body?: Uint8Array;
}

/** What is written to the connection; a proxy for plain http wants the absolute URL and its own credentials. */
export function dispatchOf({ method, headers, body }: WireRequest, url: URL, proxy: URL | undefined): Dispatch {
  const isForwarded = proxy !== undefined && url.protocol === 'http:';
  const target = `${url.pathname}${url.search}`;
  const own = basicCredentials(url);
  const forProxy = isForwarded ? basicCredentials(proxy) : undefined;
  const has = (name: string): boolean => headers.some(([given]) => given.toLowerCase() === name);
  const added: readonly RawHeader[] = [
    ...(has('host') ? [] : [['host', url.host] as const]),
    ...(has('accept-encoding') ? [] : [['accept-encoding', 'identity'] as const]),
    ...(own === undefined || has('authorization') ? [] : [['authorization', own] as const]),
    ...(forProxy === undefined ? [] : [['proxy-authorization', forProxy] as const]),
  ];
  return { method, path: isForwarded ? `${url.origin}${target}` : target, headers: [...headers, ...added], body };
}

/** Credentials that come with the request: in its URL, its headers, and the URL of the proxy. */
export function credentialsOf(url: URL, proxy: URL | undefined): readonly string[] {
  return [url, ...(proxy === undefined ? [] : [proxy])].flatMap((place) => {
    const basic = basicCredentials(place);
    return basic === undefined ? [] : [basic.slice('Basic '.length), decodeURIComponent(place.password)];
  });
}
