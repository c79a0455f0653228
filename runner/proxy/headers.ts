/** What passes of a head, and what belongs to one connection only. https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 */
import type { RawHeader } from '../../spec/index.ts';

const hopByHop: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'proxy-connection', 'te', 'transfer-encoding', 'upgrade']);

/** Node's raw headers as pairs: alternating names and values. */
export function pairsOf(raw: readonly string[]): readonly RawHeader[] {
  return Array.from({ length: raw.length / 2 }, (_, index) => [raw[2 * index] ?? '', raw[2 * index + 1] ?? ''] as const);
}

/** All values of a header, split at commas, in lower case. */
function tokensOf(headers: readonly RawHeader[], wanted: string): readonly string[] {
  return headers
    .filter(([name]) => name.toLowerCase() === wanted)
    .flatMap(([, value]) => value.split(',').map((token) => token.trim().toLowerCase()));
}

/** Without the headers that end at this hop: the usual ones, and those that `connection` names. Order and case stay. */
export function endToEnd(headers: readonly RawHeader[]): readonly RawHeader[] {
  const named = new Set(tokensOf(headers, 'connection'));
  return headers.filter(([name]) => !hopByHop.has(name.toLowerCase()) && !named.has(name.toLowerCase()));
}

/** What is sent on of a request: its headers with the upstream's host in place, and the framing of its body. */
export function requestHeaders(headers: readonly RawHeader[], method: string, host: string): readonly RawHeader[] {
  const passed = endToEnd(headers).map(([name, value]): RawHeader => [name, name.toLowerCase() === 'host' ? host : value]);
  if (tokensOf(headers, 'transfer-encoding').length > 0) return [...passed, ['Transfer-Encoding', 'chunked']];
  const hasLength = headers.some(([name]) => name.toLowerCase() === 'content-length');
  // Without either, Node would announce a body.
  return hasLength || !/^(POST|PUT|PATCH)$/.test(method) ? passed : [...passed, ['Content-Length', '0']];
}

/** Whether the server means to close the connection after its answer. */
export function closesAfter(headers: readonly RawHeader[], httpVersion: string): boolean {
  const tokens = tokensOf(headers, 'connection');
  return tokens.includes('close') || (httpVersion === '1.0' && !tokens.includes('keep-alive'));
}
