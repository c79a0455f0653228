/** Connections that are used again. Clients keep them, and a POST on one that has been closed without a word cannot be repeated safely. */
import { judgeAnswer } from '../acceptance.ts';
import { type Check, scenario, type ScenarioCheck } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { fail, inconclusive, type Judgement, notApplicable, pass } from '../model/judgement.ts';
import { answerOf } from '../clean-answer.ts';
import { isAccepted } from '../reading.ts';
import { claudeCode, sdkPython, sdkTypescript } from '../references.ts';

const source = 'https://www.rfc-editor.org/rfc/rfc9112#section-9.3';

interface Pair {
  /** What came first on the connection. */
  readonly after: 'json' | 'stream' | 'refusal';
  readonly what: string;
  /** The request after it, which every server accepts. */
  readonly next: 'stream' | 'between' | 'last';
}

const pairs: readonly Pair[] = [
  { after: 'json', what: 'a JSON answer', next: 'stream' },
  { after: 'stream', what: 'a stream', next: 'between' },
  { after: 'refusal', what: 'a refusal', next: 'last' },
];

function isSame(first: Evidence, next: Evidence): boolean {
  return next.exchange.connection.id === first.exchange.connection.id;
}

function isCloseAnnounced({ headers }: Evidence): boolean {
  return headers.some(([name, value]) => name.toLowerCase() === 'connection' && /\bclose\b/i.test(value));
}

function answered({ after, what, next }: Pair): ScenarioCheck {
  return scenario({
    id: `keep-alive.after-${after}.answered`,
    level: 'must',
    layer: 'http',
    requirement: `A request on the connection of ${what} is answered as on a new one.`,
    covers: ['http.keepalive.concurrent', 'own.connection-usable'],
    source,
    breaks: [
      claudeCode('a turn fails now and then, without a pattern'),
      sdkTypescript('requests fail now and then, without a pattern'),
      sdkPython('requests fail now and then, without a pattern'),
    ],
    fix: 'Read a request to its end, also one that is refused, and end every answer before the next begins.',
    reads: { first: `keep-alive/${after}`, next: `keep-alive/${next}`, alone: 'routes/base' },
    judge: (steps) => {
      if (!isAccepted(steps.alone)) return inconclusive('a request on a connection of its own is not accepted either');
      if (!isSame(steps.first, steps.next)) return notApplicable('the connection was not used again');
      return isAccepted(steps.next)
        ? judgeAnswer(steps.next)
        : fail({ of: steps.next, expected: 'a 2xx answer', found: answerOf(steps.next) });
    },
  });
}

function announced({ after, what, next }: Pair): ScenarioCheck {
  return scenario({
    id: `keep-alive.after-${after}.kept-or-announced`,
    level: 'should',
    layer: 'transport',
    requirement: `The connection of ${what} stays open for the next request, or the answer says connection: close.`,
    covers: ['http.keepalive.concurrent'],
    source: 'https://www.rfc-editor.org/rfc/rfc9112#section-9.6',
    breaks: [sdkTypescript('"socket hang up" where the next request is written just as the connection closes')],
    fix: 'Send connection: close with the answer after which the connection is closed.',
    reads: { first: `keep-alive/${after}`, next: `keep-alive/${next}` },
    judge: (steps): Judgement => {
      if (isSame(steps.first, steps.next) || isCloseAnnounced(steps.first)) return pass;
      return fail({ of: steps.first, expected: 'an open connection, or connection: close', found: 'closed without a word' });
    },
  });
}

export const checks: readonly Check[] = pairs.flatMap((pair) => [answered(pair), announced(pair)]);
