/** What the texts of a bundle are made from. */
import type { Exchange, RunRecord, Verdict } from '../../spec/record/index.ts';
import type { CheckInfo } from '../catalogue.ts';

export interface Failure {
  readonly verdict: Verdict;
  /** Absent where today's catalogue does not have the check. */
  readonly check: CheckInfo | undefined;
  /** The one that the first finding is in. */
  readonly exchange: Exchange;
  /** Byte of its answer at which the fault is. */
  readonly offset?: number;
  readonly record: RunRecord;
  /** The command, ready to paste. */
  readonly command: string;
}
