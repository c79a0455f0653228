/**
 * A check: one requirement, and a pure function that says whether recorded evidence meets it.
 * A general check judges every exchange of its kind, wherever it came from. A scenario check reads the named steps of a probe.
 */
import type { Capability, Layer, Level } from '../../spec/index.ts';
import type { Evidence } from './evidence.ts';
import type { Judgement } from './judgement.ts';
import type { Kind } from './kinds.ts';

/** Who breaks, and what its user sees. */
export interface Breakage {
  readonly client: string;
  readonly effect: string;
}

export interface CheckMeta {
  /** `area.subject.rule` in kebab-case. Permanent from the first release. */
  readonly id: string;
  /** Suite version that brought it. */
  readonly since: string;
  readonly level: Level;
  readonly layer: Layer;
  /** One sentence that is true of a conforming server. */
  readonly requirement: string;
  /** Ids of the requirements of the API that it covers. */
  readonly covers: readonly string[];
  /** Where the requirement is stated: a link, or the name of an official client whose code depends on it. */
  readonly source: string;
  /** Why anyone should care, where `breaks` does not say it. */
  readonly why?: string;
  readonly breaks: readonly Breakage[];
  /** Known real occurrences, as `repository#number`. */
  readonly bugs?: readonly string[];
  /** What the mistake usually is. */
  readonly fix?: string;
  /** Optional parts that it needs: refused, the verdict is `unsupported`. */
  readonly needs?: readonly Capability[];
  /** Optional parts that its request is made of, among others. Where one of them is refused, so may be the whole: it is `unsupported` instead of failed. */
  readonly parts?: readonly Capability[];
  /** Checks whose failure on the same exchange makes this one inconclusive. Added to those that its layer implies. */
  readonly after?: readonly string[];
  /** Shown but not gating, while the check itself is in doubt. */
  readonly quarantined?: { readonly reason: string; readonly link: string };
}

export interface GeneralCheck extends CheckMeta {
  readonly kind: 'general';
  readonly reads: Kind;
  /** Probes to run for it where it is selected alone; with others it judges whatever they recorded. */
  readonly probes: readonly string[];
  readonly judge: (evidence: Evidence) => Judgement;
}

export interface ScenarioCheck extends CheckMeta {
  readonly kind: 'scenario';
  /** Names used by `judge`, each with the address `probe/step` it reads. */
  readonly reads: Readonly<Record<string, string>>;
  readonly judge: (steps: Readonly<Record<string, Evidence>>) => Judgement;
}

export type Check = GeneralCheck | ScenarioCheck;

/** Declares a general check. */
export function check(definition: Omit<GeneralCheck, 'kind' | 'since'> & { readonly since?: string }): GeneralCheck {
  return { since: '0.1.0', ...definition, kind: 'general' };
}

/** Declares a scenario check. `judge` gets one evidence for each name in `reads`; a missing or failed step never reaches it. */
export function scenario<Name extends string>(
  definition: Omit<ScenarioCheck, 'kind' | 'since' | 'reads' | 'judge'> & {
    readonly since?: string;
    readonly reads: Readonly<Record<Name, string>>;
    readonly judge: (steps: Readonly<Record<Name, Evidence>>) => Judgement;
  },
): ScenarioCheck {
  return { since: '0.1.0', ...definition, kind: 'scenario' };
}

/** The first part of an id: `stream.order` for `stream.order.ends-with-message-stop`, else the part before the first dot. */
export function areaOf(id: string): string {
  const parts = id.split('.');
  return parts[0] === 'stream' && parts.length > 2 ? `stream.${parts[1]}` : (parts[0] ?? id);
}
