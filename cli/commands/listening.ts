/** Where `serve` and `mock` listen. */
import type { Flags } from '../settings/given.ts';
import { UsageError } from '../usage-error.ts';

/** @throws UsageError for a port that is none. Host 127.0.0.1 unless told otherwise. */
export function hostAndPort({ host, port }: Flags, defaultPort: number): { readonly host: string; readonly port: number } {
  const text = typeof port === 'string' ? port : String(defaultPort);
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new UsageError(`--port takes a number from 0 to 65535, not "${text}".`);
  return { host: typeof host === 'string' ? host : '127.0.0.1', port: Number(text) };
}

/** Whether only this machine can connect. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
