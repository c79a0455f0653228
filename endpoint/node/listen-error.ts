/** A server that could not start, in words for its user. */
import { asText } from '../../spec/as-text.ts';

export type ListenErrorCode = 'address-in-use' | 'address-not-permitted' | 'address-not-available' | 'listen-failed';

const reasons: Readonly<Record<string, readonly [ListenErrorCode, string]>> = {
  EADDRINUSE: ['address-in-use', 'the port is in use. Choose another one, or 0 for any free port.'],
  EACCES: ['address-not-permitted', 'the port needs more rights. Choose one above 1023.'],
  EADDRNOTAVAIL: ['address-not-available', 'this machine has no such address. Use 127.0.0.1 or 0.0.0.0.'],
  ENOTFOUND: ['address-not-available', 'the host name is unknown. Use 127.0.0.1 or 0.0.0.0.'],
};

export class ListenError extends Error {
  override readonly name = 'ListenError';
  readonly code: ListenErrorCode;

  constructor(host: string, port: number, cause: Error) {
    const systemCode = 'code' in cause ? asText(cause.code) : '';
    const [code, reason] = reasons[systemCode] ?? ['listen-failed', `${cause.message}.`];
    super(`Cannot listen on ${host}:${port}: ${reason}`, { cause });
    this.code = code;
  }
}
