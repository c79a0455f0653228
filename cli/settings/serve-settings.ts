/** What `conformance serve` is told about its clients: their keys, what they may take, and what is written about them. */
import { systemReason } from '../../reports/errors.ts';
import { readText } from '../../reports/read-file.ts';
import { asText } from '../../spec/as-text.ts';
import { UsageError } from '../usage-error.ts';
import { defined } from './defined.ts';
import type { Environment, Flags } from './given.ts';
import { checkedKey, parseCount, parseSeconds } from './parse.ts';
import { serverKeys } from './server-keys.ts';

export interface ServeSettings {
  readonly apiKeys: readonly string[];
  /** How long answers in progress may go on after the first Ctrl-C. */
  readonly graceMs: number;
  readonly hasLog: boolean;
  readonly hasBodies: boolean;
  readonly maxBodyBytes?: number;
  readonly maxRequestMs?: number;
  readonly corsOrigins?: readonly string[];
}

const defaultGraceSeconds = '10';

/** @throws UsageError for a flag that cannot be meant as it is written. */
export function serveSettings(flags: Flags, environment: Environment): ServeSettings {
  const { apiKeyFile, corsOrigin, log, logBodies, maxBody, maxTime, shutdownTimeout } = flags;
  const grace = typeof shutdownTimeout === 'string' ? shutdownTimeout : defaultGraceSeconds;
  return defined({
    apiKeys: [...serverKeysOf(flags, environment), ...(typeof apiKeyFile === 'string' ? keysIn(apiKeyFile) : [])],
    graceMs: parseSeconds(grace, '--shutdown-timeout', { isZeroAllowed: true }) * 1000,
    hasLog: log === true || logBodies === true,
    hasBodies: logBodies === true,
    maxBodyBytes: typeof maxBody === 'string' ? parseCount(maxBody, '--max-body') * 1024 * 1024 : undefined,
    maxRequestMs: typeof maxTime === 'string' ? parseSeconds(maxTime, '--max-time') * 1000 : undefined,
    corsOrigins: Array.isArray(corsOrigin) ? corsOrigin.map(originOf) : undefined,
  });
}

function serverKeysOf({ apiKey, ...flags }: Flags, environment: Environment): readonly string[] {
  const typed: readonly unknown[] = Array.isArray(apiKey) ? apiKey : [];
  return [...typed.map((key) => checkedKey(asText(key), '--api-key')), ...serverKeys(flags, environment)];
}

/** One key a line; empty lines and lines that begin with # say nothing. */
function keysIn(path: string): readonly string[] {
  const keys = contents(path)
    .split(/\r?\n/u)
    .flatMap((line, index) => (line.trim() === '' || line.startsWith('#') ? [] : checkedKey(line, `line ${index + 1} of ${path}`)));
  // No keys would mean that everybody may ask: never what a key file is for.
  if (keys.length === 0) throw new UsageError(`The file ${path}, named by --api-key-file, holds no key.`);
  return keys;
}

function contents(path: string): string {
  try {
    return readText(path);
  } catch (error) {
    throw new UsageError(`The file ${path}, named by --api-key-file, cannot be read: ${systemReason(error)}.`);
  }
}

function originOf(text: unknown): string {
  if (text === '*') return '*';
  const origin = URL.parse(asText(text))?.origin;
  if (origin === undefined || origin === 'null') {
    throw new UsageError(`--cors-origin takes an origin, as in "http://localhost:3000", or *, not "${asText(text)}".`);
  }
  return origin;
}
