/** What a scenario needs, and what it gives. */
import type { KnownFault } from '../../mock/faults/fault.ts';
import type { RunRecord } from '../../spec/index.ts';
import { type Recorded, requestProblems, verdictLines } from './recorded.ts';
import type { RequestRow } from './requests.ts';
import type { Turn } from './session.ts';

export interface Setting {
  /** Path of Claude Code. */
  readonly binary: string;
  /** Where everything goes that is not meant for the server. */
  readonly outside: string;
  /** What the mock gets wrong on purpose. */
  readonly faults: readonly KnownFault[];
}

export interface ScenarioResult {
  readonly id: string;
  readonly title: string;
  readonly turns: readonly Turn[];
  readonly requests: readonly RequestRow[];
  /** Checks that judged something, by outcome. */
  readonly checks: { readonly pass: number; readonly fail: number; readonly warn: number; readonly info: number };
  /** What fails the scenario. */
  readonly problems: readonly string[];
  /** What is worth a look. */
  readonly remarks: readonly string[];
  readonly record: RunRecord;
}

export interface Scenario {
  readonly id: string;
  readonly title: string;
  run(setting: Setting): Promise<ScenarioResult>;
}

/** Adds to what is particular to a scenario what must hold in all of them. */
export function scenarioResult(
  { id, title }: Pick<Scenario, 'id' | 'title'>,
  { requests, record, result: turns }: Recorded<readonly Turn[]>,
  particular: { readonly problems: readonly string[]; readonly remarks?: readonly string[] },
): ScenarioResult {
  const { pass, fail, warn, info } = record.totals;
  return {
    id,
    title,
    turns,
    requests,
    checks: { pass, fail, warn, info },
    problems: [
      ...turns.flatMap(({ problems }, index) => problems.map((problem) => `Claude Code, prompt ${index + 1}: ${problem}`)),
      ...requestProblems(requests),
      ...verdictLines(record, ['fail', 'harness-error']),
      ...particular.problems,
    ],
    remarks: [...verdictLines(record, ['warn', 'info']), ...(particular.remarks ?? [])],
    record,
  };
}
