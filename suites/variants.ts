/**
 * Families of requests that a server takes or may refuse, as data: one base request, and rows that each change it.
 * A table makes the probe that sends the base and its rows, and a check for each row. Families of bad input: `errors/bad-input.ts`.
 */
import { isJsonObject, type JsonObject } from '../spec/json.ts';
import type { Capability } from '../spec/index.ts';
import { judgeAcceptance, judgeAnswer } from './acceptance.ts';
import { type Check, type CheckMeta, scenario } from './model/check.ts';
import type { Evidence } from './model/evidence.ts';
import { fail, inconclusive, type Judgement, pass } from './model/judgement.ts';
import {
  countTokensRequest,
  messagesRequest,
  type Probe,
  type ProbeClient,
  probe,
  type ProbeRequest,
  type SendOptions,
} from './model/probe.ts';
import { errorTypeOf } from './model/refusal.ts';
import { isAccepted } from './reading.ts';

export type VariantRow = Omit<CheckMeta, 'since' | 'layer' | 'source' | 'needs' | 'after'> & {
  readonly since?: string;
  readonly source?: string;
  /** Optional parts that the variant needs, over those of the table. */
  readonly needs?: readonly Capability[];
  /** Name of the step. Permanent. */
  readonly step: string;
  /** The base with the one thing in question; the base itself is its control. */
  readonly change: (base: JsonObject) => JsonObject;
  /**
   * `accepted`: a 2xx. `handled`: a 2xx, or a 4xx with an error envelope: anything that a client can read.
   */
  readonly outcome: 'accepted' | 'handled';
  /** Step of another row, where that and not the base is its control. */
  readonly against?: string;
  /** The capability that the variant shows. */
  readonly adds?: Capability;
  /**
   * It adds fields that no other row of this kind touches, and is bound to be accepted: all of them are sent as one request first,
   * which saves the rest where it is accepted. Each is sent alone where it is not.
   */
  readonly together?: true;
  /** Headers of the variant alone. */
  readonly headers?: ProbeRequest['headers'];
};

export interface VariantTable {
  /** Id of the probe. */
  readonly id: string;
  readonly title: string;
  /** The request that is accepted. Generates one token. */
  readonly base: (model: string) => JsonObject;
  /** Default `messages`. count_tokens generates nothing. */
  readonly endpoint?: 'messages' | 'count-tokens';
  /** Requests that show whether the server takes the base at all, sent first. */
  readonly before?: { readonly steps: readonly string[]; readonly send: (client: ProbeClient) => Promise<unknown> };
  /** Options of the control. */
  readonly control?: SendOptions;
  readonly needs?: readonly Capability[];
  /** Where the requirements are stated, unless a row says otherwise. */
  readonly source: string;
  readonly rows: readonly VariantRow[];
}

/** The base, and every row. */
export function variantProbe(table: VariantTable): Probe {
  const before = table.before?.steps ?? [];
  const joined = table.rows.filter(({ together }) => together);
  const steps = ['control', ...(joined.length > 0 ? ['together'] : []), ...table.rows.map(({ step }) => step)];
  const request = table.endpoint === 'count-tokens' ? countTokensRequest : messagesRequest;
  return probe({
    id: table.id,
    title: table.title,
    cost: {
      requests: before.length + steps.length,
      outputTokens: table.endpoint === 'count-tokens' ? 0 : before.length + steps.length,
    },
    steps: [...before, ...steps],
    async run(client) {
      await table.before?.send(client);
      const base = table.base(client.model);
      await client.send('control', request(base), table.control);
      const all = joined.reduce((body, { change }) => change(body), base);
      const taken = joined.length > 0 && isAccepted(await client.send('together', request(all), { control: 'control' }));
      for (const { step, change, adds, headers, against = 'control', together = false } of table.rows) {
        await client.send(
          step,
          // Equal requests are sent once per run.
          { ...request(together && taken ? all : change(base)), ...(headers === undefined ? {} : { headers }) },
          { control: against, ...(adds === undefined ? {} : { adds }) },
        );
      }
    },
  });
}

/** A check for each row. */
export function variantChecks(table: VariantTable): readonly Check[] {
  return table.rows.map(
    ({ step, change: _change, outcome, adds: _adds, headers: _headers, together: _together, against = 'control', needs = [], ...meta }) => {
      const needed = [...(table.needs ?? []), ...needs];
      const judge = judges[outcome];
      return scenario({
        source: table.source,
        layer: 'http',
        ...meta,
        ...(needed.length === 0 ? {} : { needs: needed }),
        reads: { control: `${table.id}/${against}`, variant: `${table.id}/${step}` },
        judge: ({ control, variant }) => judge(control, variant),
      });
    },
  );
}

const judges = {
  accepted: judgeAcceptance,
  handled: judgeHandling,
} as const;

/** Judges `variant`, which may be taken or refused, given that `control` was accepted: only an answer that no client understands fails. */
export function judgeHandling(control: Evidence, variant: Evidence): Judgement {
  if (isAccepted(variant)) return judgeAnswer(variant);
  const { status, ended } = variant;
  if (ended === 'complete' && status !== undefined && status >= 400 && status < 500 && errorTypeOf(variant) !== undefined) return pass;
  if (!isAccepted(control)) return inconclusive('the same request without it was not accepted either');
  const found = ended === 'complete' ? `${status} ${errorTypeOf(variant) ?? 'without an error envelope'}` : `no whole answer: ${ended}`;
  return fail({ of: variant, expected: 'a 2xx answer, or a 4xx with the error envelope', found });
}

/** A change that puts fields into the body. */
export function adding(fields: JsonObject): (base: JsonObject) => JsonObject {
  return (base) => ({ ...base, ...fields });
}

/** A change that replaces the content of the last message. */
export function saying(content: unknown): (base: JsonObject) => JsonObject {
  return (base) => {
    const messages = Array.isArray(base['messages']) ? base['messages'] : [];
    const last: unknown = messages.at(-1);
    return { ...base, messages: [...messages.slice(0, -1), { ...(isJsonObject(last) ? last : {}), content }] };
  };
}
