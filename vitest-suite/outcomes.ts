/** From a verdict to what a test does: pass, fail with the finding in full, or be skipped with the reason. */
import { catalogue, type CheckInfo } from '../reports/catalogue.ts';
import type { CurlOptions } from '../reports/curl.ts';
import { failure } from '../reports/terminal/failures.ts';
import { lookOf } from '../reports/terminal/look.ts';
import { safeText } from '../reports/terminal/safe-text.ts';
import type { Exchange, Verdict } from '../spec/index.ts';

export type TestOutcome =
  | { readonly does: 'pass' }
  | { readonly does: 'fail'; readonly text: string }
  /** `warning` where the server did something wrong that does not fail the test. */
  | { readonly does: 'skip'; readonly reason: string; readonly warning?: string };

export interface OutcomeOptions {
  readonly failOn: 'must' | 'should';
  readonly curl: CurlOptions;
}

/** Findings and places that a message shows of a failed check. */
const most = 3;
const width = 120;

const infos: ReadonlyMap<string, CheckInfo> = new Map(catalogue.checks.map((check) => [check.id, check]));

export function testOutcome(verdict: Verdict, exchanges: readonly Exchange[], { failOn, curl }: OutcomeOptions): TestOutcome {
  const { outcome, reason = 'no reason given', quarantined } = verdict;
  const inFull = (): string => failure(verdict, infos.get(verdict.check), { exchanges }, lookOf(width, false), { curl, most }).join('\n');
  switch (outcome) {
    case 'pass':
      return { does: 'pass' };
    case 'fail':
    case 'warn':
    case 'info': {
      const isGating = outcome === 'fail' || (outcome === 'warn' && failOn === 'should');
      if (isGating && quarantined === undefined) return { does: 'fail', text: inFull() };
      const word = quarantined === undefined ? outcome : `quarantined (${quarantined.reason}, ${quarantined.link})`;
      return { does: 'skip', reason: `${word}: ${firstFinding(verdict)}`, warning: inFull() };
    }
    case 'harness-error':
      return { does: 'fail', text: `${verdict.check} could not be judged, by a fault of this suite, not of the server: ${reason}` };
    case 'inconclusive':
    case 'unsupported':
    case 'not-applicable':
    case 'skipped':
      return { does: 'skip', reason: safeText(`${outcome}: ${reason}`) };
  }
}

function firstFinding({ findings: [first], findingsTotal }: Verdict): string {
  if (first === undefined) return 'no finding';
  const more = findingsTotal > 1 ? ` (and ${findingsTotal - 1} more)` : '';
  return safeText(`expected ${first.expected}, found ${first.found}${more}`);
}
