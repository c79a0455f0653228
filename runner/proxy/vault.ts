/** Secrets of passing traffic: whatever credential was ever seen is replaced in all that is recorded from then on. */
import type { RawHeader } from '../../spec/index.ts';
import { createRedaction, credentialsIn, type Redaction } from '../wire/redaction.ts';

export interface Vault {
  /** Takes note of the credentials of a request: in its headers, and in its query. */
  learn(headers: readonly RawHeader[], target: string): void;
  /** Takes note of what a server gives out to be sent back. */
  learnCookies(headers: readonly RawHeader[]): void;
  /** For all that is known now. */
  redaction(): Redaction;
}

/** A client sends few keys; a program that tries thousands is not kept in mind whole. */
const mostSecrets = 1000;
const keyParameters: ReadonlySet<string> = new Set(['key', 'api_key', 'api-key', 'apikey', 'token', 'access_token']);
/** Shorter values are no secrets, and would hit innocent text. */
const shortest = 16;

export function createVault(): Vault {
  const known = new Set<string>();
  let current = createRedaction([]);
  const learnAll = (secrets: readonly string[]): void => {
    const added = secrets.filter((secret) => secret.length >= shortest && !known.has(secret));
    if (added.length === 0) return;
    for (const secret of added) {
      const [oldest] = known;
      if (known.size >= mostSecrets && oldest !== undefined) known.delete(oldest);
      known.add(secret);
    }
    current = createRedaction([...known]);
  };
  return {
    learn(headers, target) {
      const parameters = [...new URLSearchParams(target.split('?')[1] ?? '')];
      const inQuery = parameters.flatMap(([name, value]) => (keyParameters.has(name.toLowerCase()) ? [value] : []));
      learnAll([...credentialsIn(headers), ...inQuery]);
    },
    learnCookies: (headers) => learnAll(headers.filter(([name]) => name.toLowerCase() === 'set-cookie').map(([, value]) => value)),
    redaction: () => current,
  };
}
