/** Checks on the data of one type of event. */
import type { Problem } from '../../spec/index.ts';
import { check, type CheckMeta, type GeneralCheck } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { type Deviation, notApplicable, verdictOf } from '../model/judgement.ts';
import { streams } from '../model/kinds.ts';
import { schemaDeviations } from '../problems.ts';
import { eventsOf, type StreamEvent } from '../reading.ts';

export interface EventCheck extends Omit<CheckMeta, 'since' | 'layer'> {
  readonly probes?: readonly string[];
  /** Type of the events. */
  readonly event: string;
  /** Which of them; the others do not count as judged. */
  readonly where?: (event: StreamEvent, evidence: Evidence) => boolean;
  /** What is wrong with one of them. */
  readonly deviations: (event: StreamEvent, evidence: Evidence) => readonly Deviation[];
}

/** Declares a check that judges every event of a type. */
export function eventCheck({ event, where, deviations, probes = ['text', 'counting'], ...meta }: EventCheck): GeneralCheck {
  return check({
    ...meta,
    layer: 'schema',
    reads: streams,
    probes,
    judge: (evidence) => {
      const events = eventsOf(evidence, event).filter((one) => where?.(one, evidence) ?? true);
      if (events.length === 0) return notApplicable(`no such ${event} in the stream`);
      return verdictOf(events.flatMap((one) => deviations(one, evidence)));
    },
  });
}

/** What the schema of stream events says of an event, at the places that are ours. */
export function againstSchema(isOurs?: (problem: Problem) => boolean): EventCheck['deviations'] {
  return ({ frame, data }) => schemaDeviations('stream-event', data, isOurs, frame);
}
