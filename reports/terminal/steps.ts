/** Every step of a run with its status and time, for `--verbose`. */
import type { RunRecord } from '../../spec/record/index.ts';
import type { Look } from './look.ts';
import { safeText } from './safe-text.ts';
import { hanging } from './wrap.ts';

export function steps({ steps: all, exchanges }: RunRecord, { width }: Look): readonly string[] {
  const byId = new Map(exchanges.map((exchange) => [exchange.id, exchange]));
  return all.flatMap(({ address, exchange: id, busy }) => {
    const exchange = byId.get(id);
    const facts = stepFacts({
      status: exchange?.response?.status,
      ms: exchange === undefined ? 0 : exchange.timing.end - exchange.timing.sent,
      ended: exchange?.ended ?? 'not sent',
    });
    return hanging(`  ${facts} `, safeText(`${address} (${id})${busy === true ? ', server busy' : ''}`), width);
  });
}

/** `200     1.24 s`, and how it ended where that is not in order. */
export function stepFacts({
  status,
  ms,
  ended,
}: {
  readonly status: number | undefined;
  readonly ms: number;
  readonly ended: string;
}): string {
  return `${String(status ?? '---')} ${`${(ms / 1000).toFixed(2)} s`.padStart(9)}${ended === 'complete' ? '' : ` ${ended}`}`;
}
