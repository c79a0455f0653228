/** What became of the optional parts that a run requires: a pure function of its record, for the exit code and for those who read it. */
import type { RunRecord } from './run-record.ts';
import type { Verdict } from './verdict.ts';

export interface RequiredParts {
  /** Refused by the server, and not listed as known: exit 1, however weak the checks about them are. */
  readonly refused: readonly string[];
  /** Nothing in the run asked for them, or no answer told. */
  readonly open: readonly string[];
}

/** What a check about a part that is refused expected. A baseline that lists one of those checks accepts the refusal. */
export function requirementOf(part: string): string {
  return `${part}, which this run requires`;
}

export function requiredParts(
  required: Iterable<string>,
  { capabilities, verdicts }: Pick<RunRecord, 'capabilities' | 'verdicts'>,
): RequiredParts {
  const states = new Map<string, string>(capabilities.map(({ capability, state }) => [capability, state]));
  const parts = [...new Set(required)];
  return {
    refused: parts.filter((part) => states.get(part) === 'refused' && !verdicts.some((verdict) => isAccepted(verdict, part))),
    open: parts.filter((part) => states.get(part) !== 'refused' && states.get(part) !== 'yes'),
  };
}

function isAccepted({ known, findings }: Verdict, part: string): boolean {
  return known !== undefined && findings.some(({ expected }) => expected === requirementOf(part));
}
