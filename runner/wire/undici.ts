/**
 * What of undici speaks HTTP/1.1: one connection, and its errors. The entry point of the package loads a whole fetch, caches and mocks as well,
 * which is 12 MB of memory and a third of the time that a run takes to start.
 */
import { createRequire } from 'node:module';
import type * as Undici from 'undici';

const require = createRequire(import.meta.url);

/** undici 6 to 8 have this file. Should a later one move it, the entry point does. */
function part<Exported>(path: string, fromEntry: (entry: typeof Undici) => Exported): Exported {
  try {
    const loaded: Exported = require(path);
    return loaded;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND')) throw error;
    return fromEntry(require('undici'));
  }
}

export const Client: typeof Undici.Client = part('undici/lib/dispatcher/client.js', (entry) => entry.Client);
export const errors: typeof Undici.errors = part('undici/lib/core/errors.js', (entry) => entry.errors);
