/** What a run would send: requests, those of them that generate, and output tokens, for each probe and in all. */
import type { Catalogue, ProbeInfo } from './catalogue.ts';
import type { StepCost } from './costs.ts';

export interface PlannedProbe {
  readonly probe: string;
  readonly title: string;
  /** Without those that an earlier probe sends too. */
  readonly requests: number;
  /** Those of them that a conforming server answers with a message. */
  readonly generating: number;
  /** Output tokens as measured on the reference server. */
  readonly outputTokens: number;
  /** Sum of their `max_tokens`. */
  readonly outputTokensAtMost: number;
  /** Checks that read it. */
  readonly checks: number;
}

export interface Plan {
  /** Without those whose probes are all too dear. */
  readonly checks: number;
  readonly probes: readonly PlannedProbe[];
  readonly totals: Pick<PlannedProbe, 'requests' | 'generating' | 'outputTokens' | 'outputTokensAtMost'>;
  /** What the options leave out, with the reason. */
  readonly unpaid: readonly { readonly probe: string; readonly reason: string }[];
  /** What one request of this server took, milliseconds. Absent where none was measured. */
  readonly pace?: { readonly firstByteMs: number; readonly msPerToken: number } | undefined;
  /** Time of all requests one after the other, seconds: an upper bound for servers that answer several at a time. */
  readonly estimateSeconds?: number;
}

/** What `runner/agenda.ts` decided. */
interface Decided {
  readonly planned: readonly { readonly id: string }[];
  readonly leftOut: ReadonlyMap<string, string>;
  readonly steps: ReadonlySet<string> | undefined;
  readonly unpaid: ReadonlyMap<string, string>;
}

export function planOf(agenda: Decided, catalogue: Catalogue, costs: Readonly<Record<string, StepCost>>, pace: Plan['pace']): Plan {
  const wanted = new Set(agenda.planned.map(({ id }) => id));
  const selected = catalogue.checks.filter(({ id }) => !agenda.leftOut.has(id));
  const sent = new Set<string>();
  const rows = catalogue.probes.filter(({ id }) => wanted.has(id)).map(row);
  const sum = (of: (row: PlannedProbe) => number): number => rows.reduce((total, each) => total + of(each), 0);
  const totals = {
    requests: sum(({ requests }) => requests),
    generating: sum(({ generating }) => generating),
    outputTokens: sum(({ outputTokens }) => outputTokens),
    outputTokensAtMost: sum(({ outputTokensAtMost }) => outputTokensAtMost),
  };
  return {
    checks: selected.filter(({ probes }) => probes.length === 0 || !probes.every((id) => agenda.unpaid.has(id))).length,
    probes: rows,
    totals,
    unpaid: [...agenda.unpaid].map(([probe, reason]) => ({ probe, reason })),
    ...(pace === undefined
      ? {}
      : { pace, estimateSeconds: Math.ceil((totals.generating * pace.firstByteMs + totals.outputTokens * pace.msPerToken) / 1000) }),
  };

  function row({ id, title, steps }: ProbeInfo): PlannedProbe {
    const own: StepCost[] = [];
    for (const step of steps) {
      const address = `${id}/${step}`;
      if (agenda.steps?.has(address) === false) continue;
      const cost = costs[address] ?? { most: 0, tokens: 0 };
      // Shared with a step that is sent in this run: it is no request of its own.
      const key = cost.same ?? address;
      if (!sent.has(key)) own.push(cost);
      sent.add(key);
    }
    return {
      probe: id,
      title,
      requests: own.length,
      generating: own.filter(({ most }) => most > 0).length,
      outputTokens: own.reduce((total, { tokens }) => total + tokens, 0),
      outputTokensAtMost: own.reduce((total, { most }) => total + most, 0),
      checks: selected.filter(({ probes }) => probes.includes(id)).length,
    };
  }
}
