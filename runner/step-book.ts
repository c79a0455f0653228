/** The steps of a run, found by exchange and by name without walking them all: a run has several hundred of both. */
import type { Step } from '../spec/index.ts';

export class StepBook {
  /** In the order in which they were noted. */
  readonly all: Step[] = [];
  readonly #byExchange = new Map<string, number[]>();
  readonly #byName = new Map<string, number[]>();

  /** Notes the next attempt of a step; earlier ones are no longer the last. */
  add(probe: string, step: string, exchange: string, more: Partial<Step>): Step {
    const earlier = entry(this.#byName, `${probe}/${step}`);
    for (const index of earlier) this.#change(index, { last: false });
    const attempt = earlier.length + 1;
    const noted: Step = {
      address: attempt === 1 ? `${probe}/${step}` : `${probe}/${step}#${attempt}`,
      probe,
      step,
      attempt,
      last: true,
      exchange,
      ...more,
    };
    const index = this.all.push(noted) - 1;
    earlier.push(index);
    entry(this.#byExchange, exchange).push(index);
    return noted;
  }

  /** The steps that an exchange answered. */
  of(exchange: string): readonly Step[] {
    return (this.#byExchange.get(exchange) ?? []).flatMap((index) => this.all[index] ?? []);
  }

  /** Marks the steps of these exchanges as those during which the server stopped answering. */
  markStopped(exchanges: ReadonlySet<string>): void {
    for (const exchange of exchanges) {
      for (const index of this.#byExchange.get(exchange) ?? []) this.#change(index, { serverStopped: true });
    }
  }

  #change(index: number, change: Partial<Step>): void {
    const step = this.all[index];
    if (step !== undefined) this.all[index] = { ...step, ...change };
  }
}

function entry(map: Map<string, number[]>, key: string): number[] {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made: number[] = [];
  map.set(key, made);
  return made;
}
