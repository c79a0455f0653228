/** What each step of a recorded run costs: the data of `suites/costs.json`. */
import type { Exchange, RunRecord } from '../spec/index.ts';
import { isJsonObject } from '../spec/json.ts';
import type { Probe } from '../suites/model/probe.ts';
import { evidenceOf } from '../runner/evidence.ts';
import { at, tokens } from '../suites/reading.ts';

export interface StepCost {
  /** Most output tokens that the request asks for; 0 where it is refused or generates nothing. */
  readonly most: number;
  /** Output tokens that it took on the reference server. */
  readonly tokens: number;
  /** The earlier step with which it shares its request. */
  readonly same?: string;
}

export interface Costs {
  /** By address. */
  readonly steps: Readonly<Record<string, StepCost>>;
}

export function costsOf({ exchanges, steps, target }: RunRecord, probes: readonly Probe[]): Costs {
  const byId = new Map(exchanges.map((exchange) => [exchange.id, exchange]));
  const first = new Map<string, string>();
  const costs: Record<string, StepCost> = {};
  for (const { id, steps: names } of probes) {
    for (const name of names) {
      const address = `${id}/${name}`;
      // Of a ladder the last attempt: the others are as dear, and seldom.
      const exchange = byId.get(steps.find((step) => step.probe === id && step.step === name && step.last)?.exchange ?? '');
      if (exchange === undefined) continue;
      const same = first.get(exchange.id);
      costs[address] = { ...costOf(exchange, target.baseUrl), ...(same === undefined ? {} : { same }) };
      if (same === undefined) first.set(exchange.id, address);
    }
  }
  return { steps: costs };
}

function costOf(exchange: Exchange, baseUrl: string): StepCost {
  const evidence = evidenceOf(exchange, [], { baseUrl });
  const { endpoint, status, request } = evidence;
  const most = isJsonObject(request.json) ? request.json['max_tokens'] : undefined;
  if (endpoint !== 'messages' || status !== 200 || typeof most !== 'number') return { most: 0, tokens: 0 };
  const spent = tokens(at(evidence.message, 'usage'), 'output_tokens') ?? 0;
  // Hung up on in the middle: what was asked for is not what it costs.
  return { most: exchange.ended === 'aborted-by-us' ? spent : most, tokens: spent };
}
