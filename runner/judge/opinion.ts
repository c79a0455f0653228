/** What judging one check came to, before selection, capabilities and level have their say. */
import type { Finding, Place } from '../../spec/index.ts';
import { asText } from '../../spec/as-text.ts';
import type { Evidence } from '../../suites/model/evidence.ts';
import type { Deviation } from '../../suites/model/judgement.ts';

export interface Opinion {
  readonly outcome: 'pass' | 'fail' | 'inconclusive' | 'not-applicable' | 'harness-error';
  readonly findings: readonly Finding[];
  readonly findingsTotal: number;
  readonly judged: number;
  readonly reason?: string;
  /** Exchanges on which it failed or was blocked, each with the check at the root of it. */
  readonly spoilt: ReadonlyMap<string, string>;
  /** Address of a step that the check needed and that was never sent. */
  readonly missingStep?: string;
  /** Whether there was nothing of the check's kind at all. */
  readonly nothing?: boolean;
}

const keptFindings = 20;

/** Findings of deviations, at most 20, with the places filled in. */
export function findingsOf(deviations: readonly Deviation[], evidence: Evidence): readonly Finding[] {
  return deviations.slice(0, keptFindings).map((deviation) => ({
    at: placeOf(deviation, deviation.of ?? evidence),
    expected: deviation.expected,
    found: deviation.found,
  }));
}

/** The first 20 of several lists. */
export function firstFindings(lists: readonly (readonly Finding[])[]): readonly Finding[] {
  return lists.flat().slice(0, keptFindings);
}

function placeOf({ frame, pointer }: Deviation, { exchange, steps }: Evidence): Place {
  const address = steps.find(({ last }) => last)?.address ?? steps[0]?.address;
  return {
    exchange: exchange.id,
    ...(address === undefined ? {} : { address }),
    ...(pointer === undefined ? {} : { pointer }),
    ...(frame === undefined ? {} : { frame: frame.index, offset: frame.offset }),
  };
}

/** A thrown exception is our fault, and says so. */
export function harnessError(error: unknown): Opinion {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : asText(error);
  return {
    outcome: 'harness-error',
    findings: [],
    findingsTotal: 0,
    judged: 0,
    reason: `the check itself failed: ${text}`,
    spoilt: new Map(),
  };
}
