/** A mock and its scopes: each begins with the script as it is written, as if nobody had asked before, and keeps a journal of its own. */
import { buildMock, type BuiltMock } from './build-mock.ts';
import { checkOptions } from './check-options.ts';
import { Ledger } from './journal/ledger.ts';
import type { Mock, MockOptions } from './mock-types.ts';
import { scopeKey, Scopes } from './scopes.ts';
import { Rulebook } from './script/rulebook.ts';
import type { Verdict } from './script/verification.ts';

export interface Family {
  /** For requests without a scope; passes on those that name one. */
  readonly mock: Mock;
  /** The mock of a scope, without opening it; of requests without a scope, where none is named. */
  find(scope: string | undefined): Mock | undefined;
  /** Begins a scope anew: the script from its beginning, an empty journal. Without a scope, all of them. */
  reset(scope: string | undefined): void;
}

export interface FamilyOptions {
  /** Run for every scope anew, so that what its functions remember is the scope's own. Default: scopes begin with a copy of the mock's script. */
  readonly script?: ((mock: Mock) => void) | undefined;
  /** Scopes that are kept. Default 1000. */
  readonly limit?: number;
}

/** Scopes that are gone, but to blame for something. */
const mostForgotten = 100;

export function createFamily(options: MockOptions, { script, limit }: FamilyOptions = {}): Family {
  checkOptions(options);
  const ledger = new Ledger();
  const rulebook = new Rulebook();
  const forgotten: Verdict[] = [];
  const scopes = new Scopes<BuiltMock>(limit, (key, scoped) => {
    if (forgotten.length < mostForgotten) forgotten.push({ ...scoped.verdict(), scope: key });
    release(key, scoped);
  });
  /** Scopes that somebody may still hold, and read. */
  const held = new Set<string>();

  const opened = (key: string): Mock => scopes.get(key, openScope).mock;

  function scope(key: string): Mock {
    held.add(key);
    return opened(key);
  }

  function release(key: string, scoped: BuiltMock): void {
    if (!held.delete(key)) scoped.forget();
  }

  function openScope(): BuiltMock {
    const scoped = buildMock(options, script === undefined ? rulebook.copy() : new Rulebook(), { ledger, scope });
    script?.(scoped.mock);
    return scoped;
  }

  const { mock } = buildMock(options, rulebook, {
    ledger,
    scope,
    scopeOf({ headers }) {
      const key = scopeKey(headers);
      return key === undefined ? undefined : opened(key);
    },
    verdicts: () => [...forgotten, ...scopes.list().map(([key, scoped]) => Object.assign(scoped.verdict(), { scope: key }))],
    reset() {
      for (const [, scoped] of scopes.list()) scoped.mock.reset();
      scopes.clear();
      forgotten.length = 0;
    },
  });
  script?.(mock);
  return {
    mock,
    find: (key) => (key === undefined ? mock : scopes.find(key)?.mock),
    reset(key) {
      if (key !== undefined) {
        const scoped = scopes.find(key);
        if (scoped !== undefined) release(key, scoped);
        scopes.delete(key);
        return;
      }
      mock.reset();
      script?.(mock);
    },
  };
}
