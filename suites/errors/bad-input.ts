/**
 * Families of bad input as data: one base request that the server accepts, and rows that each change it in one place.
 * A table makes the probe that sends control and rows, with and without `stream`, and a check for each row.
 */
import type { Capability } from '../../spec/index.ts';
import type { JsonObject } from '../../spec/json.ts';
import { type Check, type CheckMeta, scenario } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import { inconclusive, type Judgement } from '../model/judgement.ts';
import {
  countTokensRequest,
  messagesRequest,
  type Probe,
  type ProbeClient,
  probe,
  type ProbeRequest,
  type SendOptions,
} from '../model/probe.ts';
import { badRequest, judgeAll, judgeRefusal, type Refusal, refusalFaults } from '../model/refusal.ts';
import { at } from '../reading.ts';
import { sayHello } from '../probes/say-hello.ts';
import { docs } from '../references.ts';
import { type Change, changed } from './change.ts';

export type Mode = 'json' | 'stream';

export type BadInputRow = Change &
  Pick<CheckMeta, 'level' | 'requirement' | 'covers'> &
  Partial<Pick<CheckMeta, 'breaks' | 'bugs' | 'fix' | 'why' | 'source'>> & {
    /** Last part of the check's id, and name of its steps. Permanent. */
    readonly row: string;
    /** Id of the check. Default `errors.in.<row>`. */
    readonly id?: string;
    /** Where the flag itself is what is changed. Default: those of the table. */
    readonly modes?: readonly Mode[];
    /** Default 400 `invalid_request_error`. */
    readonly expected?: Refusal;
    /** Optional parts that it needs, over those of the table. */
    readonly needs?: readonly Capability[];
    /** Nothing bounds the answer of a server that takes it: its stream is hung up after the first events. */
    readonly isEndless?: true;
    /** Where a server sees the mistake, if not at the changed place or below: two fields may be right alone and wrong together. */
    readonly seenAt?: string;
  };

export interface BadInputTable {
  /** Id of the probe. */
  readonly id: string;
  readonly title: string;
  /** The request that is accepted. Generates one token where it can, so that a server that takes a mutant too loses little. */
  readonly base: (model: string) => JsonObject;
  /** Default `messages`. */
  readonly endpoint?: 'messages' | 'count-tokens';
  /** Headers of all its requests. */
  readonly headers?: ProbeRequest['headers'];
  /** Default both. */
  readonly modes?: readonly Mode[];
  /** Requests that show whether the server takes the base at all, sent first. */
  readonly before?: {
    readonly steps: readonly string[];
    readonly outputTokens: number;
    readonly send: (client: ProbeClient) => Promise<unknown>;
  };
  /** Options of the first control. */
  readonly control?: SendOptions;
  /** Options of every request. */
  readonly sending?: SendOptions;
  readonly needs?: readonly Capability[];
  /** Where the rules are stated, and why they matter, unless a row says otherwise. */
  readonly source?: string;
  readonly why?: string;
  readonly rows: readonly BadInputRow[];
}

/** The plain request as what comes before: control of a base that adds an optional part to it. */
export const plainBefore: NonNullable<BadInputTable['before']> = {
  steps: ['plain'],
  outputTokens: 1,
  send: ({ model, send }) => send('plain', messagesRequest(sayHello(model))),
};

/** The modes in which a row is sent; without one, those of the base. */
export const modesOf = (table: BadInputTable, row?: BadInputRow): readonly Mode[] =>
  row?.modes ?? table.modes ?? (table.endpoint === 'count-tokens' ? ['json'] : ['json', 'stream']);

/** The base in each mode, and every row of each. */
export function badInputProbe(table: BadInputTable): Probe {
  const before = table.before ?? { steps: [], outputTokens: 0, send: () => Promise.resolve() };
  const plan = sends(table, 'any');
  return probe({
    id: table.id,
    title: table.title,
    cost: {
      requests: before.steps.length + plan.length,
      outputTokens: before.outputTokens + plan.reduce((sum, { request }) => sum + outputOf(table, request), 0),
    },
    steps: [...before.steps, ...plan.map(({ step }) => step)],
    async run(client) {
      await before.send(client);
      for (const { step, request, options } of sends(table, client.model)) await client.send(step, request, options);
    },
  });
}

interface Send {
  readonly step: string;
  readonly request: ProbeRequest;
  readonly options: SendOptions;
}

function sends(table: BadInputTable, model: string): readonly Send[] {
  const modes = modesOf(table).map((mode) => ({ mode, base: baseOf(table, model, mode), suffix: suffixes[mode] }));
  return [
    ...modes.map(({ base, suffix }, index) => ({
      step: `control${suffix}`,
      request: requestOf(table, base),
      options: { ...table.sending, ...(index === 0 ? table.control : {}) },
    })),
    ...table.rows.flatMap((row) =>
      modes
        .filter(({ mode }) => modesOf(table, row).includes(mode))
        .map(({ mode, base, suffix }) => ({
          step: `${row.row}${suffix}`,
          request: requestOf(table, changed(base, row)),
          options: {
            ...table.sending,
            ...(row.isEndless === true && mode === 'stream' ? { abortAfter: { frames: 3 } } : {}),
            control: `control${suffix}`,
          },
        })),
    ),
  ];
}

const suffixes: Readonly<Record<Mode, string>> = { json: '', stream: '-stream' };

/** The request that is accepted, in that mode. */
export function baseOf(table: BadInputTable, model: string, mode: Mode): JsonObject {
  return { ...table.base(model), ...(mode === 'stream' ? { stream: true } : {}) };
}

function requestOf({ endpoint, headers }: BadInputTable, body: JsonObject): ProbeRequest {
  const request = endpoint === 'count-tokens' ? countTokensRequest(body) : messagesRequest(body);
  return headers === undefined ? request : { ...request, headers };
}

/** At least one token, also where the limit is what is wrong. */
function outputOf({ endpoint }: BadInputTable, { json }: ProbeRequest): number {
  const limit = at(json, 'max_tokens');
  return endpoint === 'count-tokens' ? 0 : typeof limit === 'number' ? Math.max(1, Math.ceil(limit)) : 1;
}

/** A check for each row, which judges every mode. */
export function badInputChecks(table: BadInputTable): readonly Check[] {
  return table.rows.map((row) => {
    const modes = modesOf(table, row);
    const needs = [...(table.needs ?? []), ...(row.needs ?? [])];
    const why = row.why ?? (row.breaks === undefined ? table.why : undefined);
    return scenario({
      id: row.id ?? `errors.in.${row.row}`,
      level: row.level,
      // Only the status and the type are judged, so faults above HTTP do not matter here.
      layer: 'http',
      requirement: row.requirement,
      covers: row.covers,
      source: row.source ?? table.source ?? docs.errors,
      breaks: row.breaks ?? [],
      ...(row.bugs === undefined ? {} : { bugs: row.bugs }),
      ...(row.fix === undefined ? {} : { fix: row.fix }),
      ...(why === undefined ? {} : { why }),
      ...(needs.length === 0 ? {} : { needs }),
      after: refusalFaults,
      reads: Object.fromEntries(
        modes.flatMap((mode) => [
          [names[mode].control, `${table.id}/control${suffixes[mode]}`],
          [names[mode].mutant, `${table.id}/${row.row}${suffixes[mode]}`],
        ]),
      ),
      judge: (steps) => judgeModes(modes, steps, row.expected ?? badRequest),
    });
  });
}

const names = {
  json: { control: 'control', mutant: 'mutant' },
  stream: { control: 'controlStream', mutant: 'mutantStream' },
} as const;

function judgeModes(modes: readonly Mode[], steps: Readonly<Record<string, Evidence>>, expected: Refusal): Judgement {
  const judgements = modes.map((mode) => {
    const { [names[mode].control]: control, [names[mode].mutant]: mutant } = steps;
    return control && mutant ? judgeRefusal(control, mutant, expected) : inconclusive(`nothing was sent as ${mode}`);
  });
  return judgeAll(judgements);
}
