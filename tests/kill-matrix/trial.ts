/** One fault against the catalogue, over real HTTP on loopback: the probes that it touches are sent, and what they recorded is judged. */
import type { Outcome, RunRecord } from '../../spec/index.ts';
import { listen } from '../../endpoint/node/index.ts';
import { asked } from '../../mock/faults/asked.ts';
import type { KnownFault } from '../../mock/faults/fault.ts';
import { inject } from '../../mock/faults/inject.ts';
import { createMock } from '../../mock/index.ts';
import { openRun } from '../../runner/open-run.ts';
import { clientProfiles } from '../../profiles/clients.ts';
import { checks } from '../../suites/catalogue.ts';

const key = 'sk-kill-matrix-0123456789abcdef';
/** Silence after which a request is given up. */
const timeoutMs = 300;
/** The same for faults about time: longer than any client waits, as they are recorded. */
const hurriedTimeoutMs = 450;

/** What a fault made of the catalogue. */
export interface Trial {
  readonly fault: string;
  /** Checks whose verdict became fail, warn or info. */
  readonly tripped: readonly string[];
  /** Checks whose verdict became inconclusive, not-applicable or unsupported: recorded, not counted. */
  readonly silenced: readonly string[];
  readonly requests: number;
  readonly ms: number;
  /** Why nothing was judged. */
  readonly problem?: string;
}

/** The clean server, asked everything. */
export interface Clean {
  readonly record: RunRecord;
  readonly outcomes: ReadonlyMap<string, Outcome>;
}

const adverse: ReadonlySet<Outcome> = new Set(['fail', 'warn', 'info']);
const silent: ReadonlySet<Outcome> = new Set(['inconclusive', 'not-applicable', 'unsupported']);

export async function cleanRun(): Promise<Clean> {
  const record = await attempt([], undefined);
  return { record, outcomes: new Map(record.verdicts.map(({ check, outcome }) => [check, outcome])) };
}

export async function tryFault(fault: KnownFault, { record: clean, outcomes }: Clean): Promise<Trial> {
  const began = performance.now();
  const touched = touchedProbes(fault, clean);
  const probes = new Set([...touched, ...readProbes(fault)]);
  const record = await attempt([fault], probes);
  // What was not sent is not judged, whatever its verdict was before.
  const changed = record.verdicts.filter(({ check, outcome }) => outcome !== outcomes.get(check));
  return {
    fault: fault.id,
    tripped: changed
      .filter(({ outcome, check }) => adverse.has(outcome) && !adverse.has(outcomes.get(check) ?? 'pass'))
      .map(({ check }) => check),
    silenced: changed
      .filter(
        ({ outcome, reason }) =>
          silent.has(outcome) && reason?.includes('was not sent') !== true && reason?.startsWith('nothing to judge') !== true,
      )
      .map(({ check }) => check),
    requests: record.exchanges.length,
    ms: performance.now() - began,
    ...(touched.size === 0 ? { problem: 'touches no request of the catalogue' } : {}),
    ...(record.ended === 'finished' || fault.endsRun === true ? {} : { problem: record.endedBecause ?? record.ended }),
  };
}

/** Probes of which the fault touches a request. */
function touchedProbes({ touches, seenIn = touches }: KnownFault, { exchanges, steps, target }: RunRecord): ReadonlySet<string> {
  const touched = new Set(
    exchanges
      .filter(({ request }) => {
        const { url, body } = request;
        return seenIn?.(asked({ ...request, url: url.slice(target.baseUrl.length) }, body?.kind === 'text' ? body.text : '')) ?? true;
      })
      .map(({ id }) => id),
  );
  return new Set(steps.filter(({ exchange }) => touched.has(exchange)).map(({ probe }) => probe));
}

/** Probes that the scenarios read which the fault trips: their controls may be elsewhere. */
function readProbes({ trips }: KnownFault): readonly string[] {
  const tripped = checks.filter(({ id }) => trips.includes(id));
  return tripped
    .flatMap((check) => (check.kind === 'scenario' ? Object.values(check.reads) : []))
    .flatMap((address) => address.split('/').slice(0, 1));
}

/** Recorded times of faults about time: 300 ms are five minutes, which the rules on silence are about. */
const hurried = 1000;

async function attempt(faults: readonly KnownFault[], probes: ReadonlySet<string> | undefined): Promise<RunRecord> {
  const mock = createMock({ apiKeys: [key] });
  const isHurried = faults.some(({ layer }) => layer === 'timing');
  const clock = isHurried ? { clockSpeed: hurried, timeoutMs: hurriedTimeoutMs } : { timeoutMs };
  await using server = await listen(inject(mock, faults, 'sample'), { port: 0 });
  // Checks that are named are sent whatever they cost.
  const only = ['*'];
  const run = openRun({ baseUrl: server.url, model: 'mock-model', apiKey: key, ...clock, clients: clientProfiles, only });
  try {
    await run.begin();
    await run.send(probes ?? run.agenda.planned.map(({ id }) => id));
    return run.record();
  } finally {
    await run.close();
  }
}
