/** Checks on the order of events: each stands for one or two rules of the published grammar, which finds the violations. */
import { checkOrder, grammarEvent, type GrammarRule, type Violation } from '../../spec/index.ts';
import { check, type CheckMeta, type GeneralCheck } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { type Deviation, notApplicable, pass, verdictOf } from '../model/judgement.ts';
import { type Kind, streams } from '../model/kinds.ts';
import { eventsOf } from '../reading.ts';

export interface RuleCheck extends Omit<CheckMeta, 'since' | 'layer'> {
  readonly rules: readonly GrammarRule[];
  /** Default: all streams; what we cut ourselves is never held to its end. */
  readonly reads?: Kind;
  readonly probes?: readonly string[];
  /** Events without which the rule says nothing: their type, or that of a block. */
  readonly about: { readonly called: string; readonly events: readonly string[]; readonly block?: string };
  /** Violations that this exchange excuses. */
  readonly excuses?: (violation: Violation, evidence: Evidence) => boolean;
}

/** Declares a check on rules of the grammar. */
export function ruleCheck({ rules, about, excuses, reads = streams, probes = ['text', 'counting'], ...meta }: RuleCheck): GeneralCheck {
  return check({
    ...meta,
    layer: 'order',
    reads,
    probes,
    judge: (evidence) => {
      if (!occurs(evidence, about)) return notApplicable(`no ${about.called} in the stream`);
      const broken = violationsOf(evidence).filter((found) => rules.includes(found.rule) && excuses?.(found, evidence) !== true);
      return broken.length === 0 ? pass : verdictOf(broken.map((found) => deviationOf(found, evidence)));
    },
  });
}

function occurs(evidence: Evidence, { events, block }: RuleCheck['about']): boolean {
  return eventsOf(evidence).some(
    ({ type, data }) => events.includes(type) && (block === undefined || grammarEvent(data).blockType === block),
  );
}

/** One pass of the automaton serves all checks of a stream. */
const known = new WeakMap<Evidence, readonly Violation[]>();

function violationsOf(evidence: Evidence): readonly Violation[] {
  const earlier = known.get(evidence);
  if (earlier !== undefined) return earlier;
  const events = evidence.frames.map(({ json }) => grammarEvent(json));
  const violations = checkOrder(events, evidence.ended === 'complete' ? 'complete' : 'cut');
  known.set(evidence, violations);
  return violations;
}

function deviationOf({ at, expected, found }: Violation, { frames }: Evidence): Deviation {
  const frame = frames[at] ?? frames.at(-1);
  return { expected, found, ...(frame === undefined ? {} : { frame }) };
}
