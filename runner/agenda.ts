/**
 * What a run is about, from its options: checks, the probes and steps they need, and what is left out for want of a key or of tokens.
 * Works on the catalogue as data too, so that `plan` need not load a check.
 */
import type { Capability } from '../spec/index.ts';
import { beyondBudget, type Payable, type Valued } from './budget.ts';
import { ConformanceError } from './errors.ts';
import type { RunOptions } from './options.ts';
import { leftOut, type Selectable, type Selection } from './select.ts';

/** What an agenda is made from. */
export interface Offer<OneProbe extends OfferedProbe = OfferedProbe> {
  readonly checks: readonly OfferedCheck[];
  readonly probes: readonly OneProbe[];
  readonly quick: { readonly checks: readonly string[]; readonly steps: readonly string[] };
}

export type OfferedCheck = Selectable & Valued & { readonly needs?: readonly Capability[] };
export type OfferedProbe = Payable & { readonly needsKey?: boolean; readonly costly?: string };

/** The options that decide. */
export type AgendaOptions = Pick<
  RunOptions,
  'only' | 'skip' | 'level' | 'require' | 'client' | 'clients' | 'quick' | 'tokenBudget' | 'apiKey'
>;

export interface Agenda<OneProbe extends OfferedProbe = OfferedProbe> {
  readonly selection: Selection;
  /** Why a check is not selected. */
  readonly leftOut: ReadonlyMap<string, string>;
  /** Probes to send. */
  readonly planned: readonly OneProbe[];
  /** Addresses to send. Undefined: all of those probes. */
  readonly steps: ReadonlySet<string> | undefined;
  /** Optional parts without which a check fails: those named, and what the client cannot do without. */
  readonly required: ReadonlySet<Capability>;
  /** Those of them that were named: refused, they make exit 1 however weak the checks about them are. */
  readonly named: ReadonlySet<Capability>;
  /** Probes that have nothing to ask in this run, with the reason. */
  readonly unsent: ReadonlyMap<string, string>;
  /** Probes that this run does not pay for, with the reason. */
  readonly unpaid: ReadonlyMap<string, string>;
}

/** @throws ConformanceError `usage` for options that leave nothing to do, or name a client that is not there. */
export function agendaOf<OneProbe extends OfferedProbe>(options: AgendaOptions, offer: Offer<OneProbe>): Agenda<OneProbe> {
  const { only = [], skip = [], level = 'may', require = [], client, quick = false } = options;
  const { checks, probes } = offer;
  const needed = client === undefined ? undefined : needsOf(client, options, checks);
  const among =
    needed === undefined
      ? quick
        ? { ids: new Set(offer.quick.checks), option: '--quick' }
        : undefined
      : { ids: needed.checks, option: `--client ${client}` };
  const selection: Selection = { only, skip, level, ...(among === undefined ? {} : { among }) };
  const unselected = leftOut(checks, selection);
  const selected = checks.filter(({ id }) => !unselected.has(id));
  const wanted = new Set(selected.flatMap((check) => check.probes));
  const candidates = probes.filter(({ id }) => wanted.has(id));
  const unsent = new Map(
    options.apiKey === undefined ? candidates.filter(({ needsKey }) => needsKey).map(({ id }) => [id, 'the run has no key'] as const) : [],
  );
  const isNamed = only.length > 0 || client !== undefined;
  const unasked = new Map(isNamed ? [] : costly(candidates));
  const payable = candidates.filter(({ id }) => !unsent.has(id) && !unasked.has(id));
  const unpaid = new Map([...unasked, ...beyond(payable, selected, options.tokenBudget)]);
  return {
    selection,
    leftOut: unselected,
    planned: payable.filter(({ id }) => !unpaid.has(id)),
    steps: quick && client === undefined ? new Set(offer.quick.steps) : undefined,
    named: new Set(require),
    required: new Set([...require, ...(needed?.capabilities ?? [])]),
    unsent,
    unpaid,
  };
}

/** Checks that the client needs, and the optional parts that those need without which it cannot be used. */
function needsOf(
  client: string,
  { clients = [] }: AgendaOptions,
  checks: readonly OfferedCheck[],
): { readonly checks: ReadonlySet<string>; readonly capabilities: readonly Capability[] } {
  const profile = clients.find(({ id }) => id === client);
  if (profile === undefined) {
    const known = clients.map(({ id }) => id).join(', ');
    throw new ConformanceError('usage', `There is no client "${client}"${known === '' ? '.' : `; there are ${known}.`}`);
  }
  const vital = new Set(profile.needs.filter(({ blocks }) => blocks).flatMap((need) => need.checks));
  const capabilities = checks.filter(({ id }) => vital.has(id)).flatMap(({ needs = [] }) => needs);
  return { checks: new Set(profile.needs.flatMap((need) => need.checks)), capabilities };
}

function costly(candidates: readonly OfferedProbe[]): readonly (readonly [string, string])[] {
  return candidates.flatMap(({ id, costly: why }) =>
    why === undefined ? [] : [[id, `${why}: sent where --only or --client names the check`] as const],
  );
}

function beyond(
  candidates: readonly OfferedProbe[],
  selected: readonly OfferedCheck[],
  budget: number | undefined,
): readonly (readonly [string, string])[] {
  if (budget === undefined) return [];
  const dropped = beyondBudget(candidates, selected, budget);
  return candidates
    .filter(({ id }) => dropped.has(id))
    .map(({ id, cost }) => [id, `beyond --token-budget ${budget}: probe ${id} may take ${cost.outputTokens} output tokens`] as const);
}
