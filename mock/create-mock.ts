/** The mock: a script, or simple rules, behind the same endpoint as the reference server; with a journal of what was asked and answered. */
import { createFetch, systemClock, type Endpoint } from '../endpoint/index.ts';
import { Journal } from './journal/journal.ts';
import type { Mock, MockOptions } from './mock-types.ts';
import { Scopes, scopeKey } from './scopes.ts';
import { LiveStream } from './script/live.ts';
import { checkMatcher, type RequestMatcher } from './script/matcher.ts';
import { checkReply, type ReplyScript } from './script/reply.ts';
import { Rulebook } from './script/rulebook.ts';
import { requireNumber } from './script/script-error.ts';
import { MockVerificationError, type Trouble } from './script/verification.ts';
import { scriptedEndpoint } from './scripted-endpoint.ts';

export type { Mock, MockOptions };

/** Troubles that are kept for `verify`. */
const mostTroubles = 100;

/**
 * A mock that answers by simple rules until something is scripted; then what the script does not answer is a 400.
 * Throws a `MockScriptError` for options that cannot be.
 * @example
 * const mock = createMock();
 * mock.once(say('Hello'));
 * const client = new Anthropic({ apiKey: 'test', fetch: mock.fetch });
 */
export function createMock(options: MockOptions = {}): Mock {
  const scopes = new Scopes();
  const rulebook = new Rulebook();
  const child = (number: number, script: Rulebook): Mock =>
    buildMock({ ...options, seed: (options.seed ?? 1) + number }, script, { routed: (own) => own, scope, forget: () => undefined });
  const scope = (key: string): Mock => scopes.get(key, (number) => child(number, new Rulebook()));
  /** A scope that a request names for the first time begins with this mock's script, from its beginning. */
  const routed =
    (own: Endpoint['handle']): Endpoint['handle'] =>
    (request) => {
      const key = scopeKey(request.headers);
      return key === undefined ? own(request) : scopes.get(key, (number) => child(number, rulebook.copy())).handle(request);
    };
  return buildMock(options, rulebook, { routed, scope, forget: () => scopes.clear() });
}

/** How a mock is tied to others on the same port. */
interface Ties {
  readonly routed: (own: Endpoint['handle']) => Endpoint['handle'];
  readonly scope: Mock['scope'];
  readonly forget: () => void;
}

function buildMock(options: MockOptions, rulebook: Rulebook, { routed, scope, forget }: Ties): Mock {
  const { clock = systemClock, journalSize = 1000 } = options;
  requireNumber('createMock().journalSize', journalSize, 1);
  const journal = new Journal(journalSize, clock);
  const troubles: Trouble[] = [];
  const endpoint = scriptedEndpoint(options, rulebook, (trouble) => {
    if (troubles.length < mostTroubles) troubles.push(trouble);
  });
  const handle = routed((request) => journal.handle(endpoint, request));

  function addRule(place: string, matcher: RequestMatcher, reply: ReplyScript, limit: number): Mock {
    checkReply(place, reply);
    rulebook.addRule(matcher, reply, limit);
    return mock;
  }

  const mock: Mock = {
    handle,
    fetch: createFetch({ handle }, { clock }),
    scope,
    requests: journal.entries,
    once(reply) {
      checkReply('once()', reply);
      rulebook.enqueue(reply);
      return mock;
    },
    when(matcher) {
      checkMatcher('when()', matcher);
      return {
        reply: (reply) => addRule('when().reply()', matcher, reply, Number.POSITIVE_INFINITY),
        once: (reply) => addRule('when().once()', matcher, reply, 1),
        times(count) {
          requireNumber('when().times()', count, 1);
          return { reply: (reply) => addRule('when().times().reply()', matcher, reply, count) };
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
      rulebook.enqueue(() => live);
      return live;
    },
    verify() {
      const { unused } = rulebook;
      if (troubles.length > 0 || unused.length > 0) throw new MockVerificationError(troubles, unused);
    },
    reset() {
      rulebook.clear();
      journal.clear();
      troubles.length = 0;
      forget();
    },
  };
  return mock;
}
