/** `conformance plan`: what a run would send, probe by probe, before anything is sent; with a base URL also how long it may take. */
import { clientProfiles } from '../../profiles/clients.ts';
import { catalogue } from '../../reports/catalogue.ts';
import { costs } from '../../reports/costs.ts';
import { type Plan, planOf } from '../../reports/plan.ts';
import { planTable } from '../../reports/terminal/plan-table.ts';
import { agendaOf, type AgendaOptions } from '../../runner/agenda.ts';
import type { RunRecord } from '../../spec/record/index.ts';
import { openConsole } from '../console.ts';
import type { Flags } from '../settings/given.ts';
import { resolveSelection, resolveSettings } from '../settings/resolve.ts';

/** The check whose only request is measured: a stream of some length. */
const measured = { check: 'usage.output.is-total', address: 'long-stream/stream' } as const;

export async function planCommand(flags: Flags): Promise<void> {
  const terminal = openConsole();
  const surroundings = { environment: process.env, directory: process.cwd() };
  const selection: AgendaOptions = { ...(await resolveSelection(flags, surroundings)), clients: clientProfiles };
  const agenda = agendaOf(selection, catalogue);
  const pace = typeof flags['baseUrl'] === 'string' ? await measure(flags) : undefined;
  const plan = planOf(agenda, catalogue, costs, pace);
  terminal.out(flags['json'] === true ? `${JSON.stringify(plan, null, 2)}\n` : planTable(plan));

  /** One request, sent by a run of one check: the same discovery of model and key as in the run that is planned. */
  async function measure(given: Flags): Promise<Plan['pace']> {
    const { run: options } = await resolveSettings(given, surroundings);
    const { run } = await import('../../runner/index.ts');
    const { quick: _quick, tokenBudget: _budget, client: _client, skip: _skip, level: _level, ...target } = options;
    const record = await run({ ...target, only: [measured.check] });
    const found = paceOf(record);
    if (found === undefined) terminal.err('The request that was to be measured was not answered, so there is no estimate of the time.\n');
    return found;
  }
}

function paceOf({ steps, exchanges, verdicts }: RunRecord): Plan['pace'] {
  const id = steps.find(({ address }) => address === measured.address)?.exchange;
  const exchange = exchanges.find((one) => one.id === id);
  const tokens = verdicts.length === 0 ? 0 : tokensIn(exchange?.response?.body);
  if (exchange?.response?.status !== 200 || exchange.timing.firstByte === undefined || tokens === 0) return undefined;
  const { sent, firstByte, end } = exchange.timing;
  return { firstByteMs: firstByte - sent, msPerToken: (end - firstByte) / tokens };
}

/** The output tokens that a recorded stream reports at its end. */
function tokensIn(body: { readonly kind: string; readonly text?: string } | undefined): number {
  const reports = [...(body?.text ?? '').matchAll(/"output_tokens":\s*(\d+)/g)];
  return Number(reports.at(-1)?.[1] ?? 0);
}
