/** What went wrong on a connection, in one sentence that says what to do. */
import { messageOf } from '../../spec/as-text.ts';

/** No connection came about: the ending `refused`. */
export class ConnectError extends Error {
  override readonly name = 'ConnectError';
}

const TRUST = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/;

/** Names the cause of a failed connection to `host`, which is `name:port`. */
export function connectProblem(error: unknown, host: string): string {
  const code = codeOf(error);
  switch (code) {
    case 'ECONNREFUSED':
      return `Connection to ${host} refused: nothing listens there.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_NODATA':
    case 'EAI_NONAME':
      return `Host of ${host} not found (${code}).`;
    case 'ETIMEDOUT':
      return `${host} did not accept a connection in time.`;
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `${host} is unreachable (${code}).`;
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `The certificate of ${host} is for another host name: use the name that it is for, or --insecure.`;
    case 'CERT_HAS_EXPIRED':
      return `The certificate of ${host} has expired: renew it, or use --insecure.`;
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
    case 'ERR_SSL_HTTP_REQUEST':
    case 'EPROTO':
      return `No TLS handshake with ${host} (${code}): it seems to speak plain HTTP, try http://.`;
    case 'ECONNRESET':
    case 'EPIPE':
      return `${host} closed the connection while it was being made.`;
    default:
      return TRUST.test(code)
        ? `The certificate of ${host} is not trusted (${code}): use --ca FILE or --insecure.`
        : `No connection to ${host}: ${reasonOf(error)}.`;
  }
}

/** `code` of a Node error, or of the first of several attempts; empty where there is none. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error instanceof AggregateError ? codeOf(error.errors[0]) : '';
}

/** The first line of a message, without its full stop. */
export function reasonOf(error: unknown): string {
  const [line = ''] = messageOf(error).split('\n');
  return line.replace(/\.$/, '').slice(0, 200);
}
