/**
 * Steps by address as a kind of exchange. A scenario never sees a step without an answer; where silence or a broken connection is what the
 * check is about, a general check on these steps does.
 */
import type { Evidence } from './model/evidence.ts';
import type { Kind } from './model/kinds.ts';

/** The judged attempts of steps with these addresses (`probe/step`), however they ended. */
export function namedSteps(name: string, ...addresses: readonly string[]): Kind {
  return { name, matches: (evidence) => addresses.some((address) => isStep(evidence, address)) };
}

function isStep({ steps }: Evidence, address: string): boolean {
  return steps.some(({ probe, step, last }) => last && `${probe}/${step}` === address);
}

/** Whether the server was too busy for it, also after the retries. */
export function isBusy({ steps }: Evidence): boolean {
  return steps.some(({ busy }) => busy);
}
