/**
 * Families of bad input as data: one base request that the server accepts, and rows that each change it in one place.
 * A table makes the probe that sends control and rows, with and without `stream`, and a check for each row.
 */
import { type Check, type CheckMeta, scenario } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Judgement } from '../model/judgement.ts';
import { messagesRequest, type Probe, type ProbeClient, probe, type ProbeRequest, type SendOptions } from '../model/probe.ts';
import { badRequest, judgeRefusal, type Refusal } from '../model/refusal.ts';
import { docs } from '../references.ts';
import { type Change, changed } from './change.ts';

type Body = Readonly<Record<string, unknown>>;

export type BadInputRow = Change &
  Pick<CheckMeta, 'level' | 'requirement' | 'covers' | 'breaks'> &
  Partial<Pick<CheckMeta, 'bugs' | 'fix' | 'why'>> & {
    /** Last part of the check's id, and name of its steps. Permanent. */
    readonly row: string;
    /** Default 400 `invalid_request_error`. */
    readonly expected?: Refusal;
  };

export interface BadInputTable {
  /** Id of the probe. */
  readonly id: string;
  readonly title: string;
  /** The request that is accepted. Generates one token, so that a server that takes a mutant too loses little. */
  readonly base: (model: string) => Body;
  /** Requests that show whether the server takes the base at all, sent first. */
  readonly before?: { readonly steps: readonly string[]; readonly send: (client: ProbeClient) => Promise<unknown> };
  /** Options of the first control. */
  readonly control?: SendOptions;
  readonly needs?: CheckMeta['needs'];
  readonly rows: readonly BadInputRow[];
}

/** The base with and without `stream`, and every row of both. */
export function badInputProbe(table: BadInputTable): Probe {
  const before = table.before?.steps ?? [];
  const steps = ['control', 'control-stream', ...table.rows.flatMap(({ row }) => [row, `${row}-stream`])];
  return probe({
    id: table.id,
    title: table.title,
    cost: { requests: before.length + steps.length, outputTokens: before.length + steps.length },
    steps: [...before, ...steps],
    async run(client) {
      await table.before?.send(client);
      const json = table.base(client.model);
      const stream = { ...json, stream: true };
      await client.send('control', messagesRequest(json), table.control);
      await client.send('control-stream', messagesRequest(stream));
      for (const row of table.rows) {
        await client.send(row.row, mutant(json, row), { control: 'control' });
        await client.send(`${row.row}-stream`, mutant(stream, row), { control: 'control-stream' });
      }
    },
  });
}

/** The base with that row's defect. */
export function mutant(base: Body, row: BadInputRow): ProbeRequest {
  return messagesRequest(changed(base, row));
}

/** Faults that all rows would show, each of which has a check of its own. What is left to a row: the mutant was taken, or refused as something else. */
const causes = [
  'http.json.parses',
  'errors.envelope.not-foreign',
  'errors.envelope.error-object',
  'errors.type.matches-status',
  'errors.status.invalid-is-400',
  'errors.status.no-5xx-on-bad-input',
  'errors.stream.refused-as-json',
] as const;

/** A check for each row, which judges both modes. */
export function badInputChecks(table: BadInputTable): readonly Check[] {
  return table.rows.map(({ row, level, requirement, covers, breaks, bugs, fix, why, expected = badRequest }) =>
    scenario({
      id: `errors.in.${row}`,
      level,
      // Only the status and the type are judged, so faults above HTTP do not matter here.
      layer: 'http',
      requirement,
      covers,
      source: docs.errors,
      breaks,
      ...(bugs === undefined ? {} : { bugs }),
      ...(fix === undefined ? {} : { fix }),
      ...(why === undefined ? {} : { why }),
      ...(table.needs === undefined ? {} : { needs: table.needs }),
      after: causes,
      reads: {
        control: `${table.id}/control`,
        mutant: `${table.id}/${row}`,
        controlStream: `${table.id}/control-stream`,
        mutantStream: `${table.id}/${row}-stream`,
      },
      judge: (steps) => judgeBothModes(steps, expected),
    }),
  );
}

interface BothModes {
  readonly control: Evidence;
  readonly mutant: Evidence;
  readonly controlStream: Evidence;
  readonly mutantStream: Evidence;
}

/** A wrong answer in one mode fails; half an answer is none. */
function judgeBothModes(steps: BothModes, expected: Refusal): Judgement {
  const json = judgeRefusal(steps.control, steps.mutant, expected);
  const stream = judgeRefusal(steps.controlStream, steps.mutantStream, expected);
  if (json.outcome === 'fail' && stream.outcome === 'fail')
    return { outcome: 'fail', deviations: [...json.deviations, ...stream.deviations] };
  if (json.outcome === 'fail' || stream.outcome === 'pass') return json;
  return stream;
}
