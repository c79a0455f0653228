/**
 * Which proxy a URL goes through, by the environment that curl and npm also read. Never one for loopback: the server under test is on this machine.
 * https://about.gitlab.com/blog/we-need-to-talk-no-proxy/ compares what tools make of these variables.
 */
import { isIP } from 'node:net';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The proxy for `url`, or undefined to connect directly. The lower-case name wins. @throws TypeError for a proxy that is no http(s) URL. */
export function proxyFor(url: URL, environment: Environment): URL | undefined {
  if (isLoopback(url.hostname) || isExempt(url, valueOf(environment, 'no_proxy') ?? '')) return undefined;
  const name = url.protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  const value = valueOf(environment, name);
  if (value === undefined) return undefined;
  const proxy = URL.parse(value.includes('://') ? value : `http://${value}`);
  if (proxy === null || !/^https?:$/.test(proxy.protocol)) {
    throw new TypeError(`${name.toUpperCase()} is not a proxy that can be used: expected http://host:port.`);
  }
  return proxy;
}

/** `Proxy-Authorization` for credentials in a proxy's URL. https://www.rfc-editor.org/rfc/rfc7617 */
export function basicCredentials({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  return `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`;
}

function valueOf(environment: Environment, name: string): string | undefined {
  const value = environment[name] ?? environment[name.toUpperCase()];
  return value?.trim() === '' ? undefined : value?.trim();
}

/** `localhost` and its subdomains (RFC 6761), 127.0.0.0/8, ::1, and what connects there: 0.0.0.0 and ::. */
export function isLoopback(hostname: string): boolean {
  const host = bare(hostname);
  return (
    /(?:^|\.)localhost$/.test(host) ||
    host === '::1' ||
    host === '::' ||
    host === '0.0.0.0' ||
    (isIP(host) === 4 && host.startsWith('127.'))
  );
}

/** Entries are separated by commas or blanks: `*`, a host, a domain with or without `.` or `*.` before it, each with a port or without. */
function isExempt(url: URL, list: string): boolean {
  const host = bare(url.hostname);
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      const [, name = entry, entryPort] = /^(\[.+\]|[^:]+):(\d+)$/.exec(entry) ?? [];
      if (entryPort !== undefined && entryPort !== port) return false;
      const domain = bare(name).replace(/^\*?\./, '');
      return name === '*' || host === domain || host.endsWith(`.${domain}`);
    });
}

/** Without the brackets of IPv6 and the dot of a fully qualified name. */
function bare(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[(.+)\]$/, '$1')
    .replace(/(?<=.)\.$/, '');
}
