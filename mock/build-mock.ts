/** One mock of a family: its script, its journal, its troubles. */
import { createFetch, systemClock, type EndpointRequest, type Reply } from '../endpoint/index.ts';
import { Journal } from './journal/journal.ts';
import type { Ledger } from './journal/ledger.ts';
import type { Mock, MockOptions } from './mock-types.ts';
import { defaultModels } from './models.ts';
import { LiveStream } from './script/live.ts';
import { checkMatcher, type RequestMatcher } from './script/matcher.ts';
import { checkReply } from './script/reply.ts';
import type { Rulebook, Unfinished } from './script/rulebook.ts';
import { requireBoolean, requireKeys, requireText, requireWhole } from './script/script-error.ts';
import { verifyAll, type Trouble, type Verdict } from './script/verification.ts';
import { scriptedEndpoint } from './scripted-endpoint.ts';

/** Troubles that are kept for `verify`. */
const mostTroubles = 100;

/** How a mock is tied to the others of its family. */
export interface Ties {
  /** Bounds all journals together. */
  readonly ledger: Ledger;
  readonly scope: Mock['scope'];
  /** The mock that is to answer instead; undefined for this one. */
  readonly scopeOf?: (request: EndpointRequest) => Mock | undefined;
  /** Of the scopes. */
  readonly verdicts?: () => readonly Verdict[];
  /** Closes the scopes. */
  readonly reset?: () => void;
}

export interface BuiltMock {
  readonly mock: Mock;
  /** What it is to blame for, apart from entries that it has from the mock whose scope it is. */
  verdict(): Verdict;
  /** Nobody will ask for what it was sent: the journal is given up. */
  forget(): void;
}

/** @param options that were checked. */
export function buildMock(options: MockOptions, rulebook: Rulebook, ties: Ties): BuiltMock {
  const { clock = systemClock, journalSize = 1000, models = defaultModels } = options;
  const journal = new Journal(journalSize, clock, ties.ledger);
  const troubles: Trouble[] = [];
  const newEndpoint = (): ReturnType<typeof scriptedEndpoint> =>
    scriptedEndpoint(options, rulebook, (trouble) => {
      if (troubles.length < mostTroubles) troubles.push(trouble);
    });
  let endpoint = newEndpoint();

  function handle(request: EndpointRequest): Promise<Reply> {
    const scoped = ties.scopeOf?.(request);
    return scoped === undefined ? journal.handle(endpoint, request) : scoped.handle(request);
  }

  function addRule(place: string, rule: Unfinished, matcher: RequestMatcher, reply: unknown, limit: number): Mock {
    checkReply(place, reply);
    rulebook.finish(rule);
    rulebook.addRule(matcher, reply, limit);
    return mock;
  }

  const mock: Mock = {
    handle,
    models,
    clock,
    fetch: createFetch({ handle }, { clock }),
    scope(key) {
      requireText('scope()', key);
      return ties.scope(key);
    },
    get requests() {
      return journal.entries;
    },
    once(reply) {
      checkReply('once()', reply);
      rulebook.enqueue(reply);
      return mock;
    },
    when(matcher) {
      checkMatcher('when()', matcher);
      const rule = rulebook.begin(matcher);
      return {
        reply: (reply) => addRule('when().reply()', rule, matcher, reply, Number.POSITIVE_INFINITY),
        once: (reply) => addRule('when().once()', rule, matcher, reply, 1),
        times(count) {
          requireWhole('when().times()', count, 1);
          return { reply: (reply) => addRule('when().times().reply()', rule, matcher, reply, count) };
        },
      };
    },
    otherwise(reply) {
      checkReply('otherwise()', reply);
      rulebook.setDefault(reply);
      return mock;
    },
    live() {
      const live = new LiveStream(clock);
      rulebook.enqueue(() => live.begin());
      return live;
    },
    verify(which = {}) {
      requireKeys('verify()', which, { scopes: true });
      const { scopes = true } = which;
      requireBoolean('verify().scopes', scopes);
      if (scopes && ties.verdicts !== undefined) verifyAll([verdict(), ...ties.verdicts()]);
      else verifyAll([{ troubles, unfinished: rulebook.unfinished, unused: rulebook.unused }]);
    },
    reset() {
      rulebook.clear();
      journal.clear();
      troubles.length = 0;
      endpoint = newEndpoint();
      ties.reset?.();
    },
  };

  function verdict(): Verdict {
    return { troubles: [...troubles], unfinished: rulebook.unfinished, unused: rulebook.unusedAnywhere };
  }

  return { mock, verdict, forget: () => journal.clear() };
}
