/** `conformance faults`: what servers get wrong, as ids for `--fault`. */
import { knownFaults } from '../../mock/faults/index.ts';
import { hanging } from '../../reports/terminal/wrap.ts';
import { openConsole } from '../console.ts';
import type { Flags } from '../settings/given.ts';

export function faultsCommand(flags: Flags): void {
  const terminal = openConsole();
  const faults = knownFaults.map(({ id, sentence, layer, imitates = [], trips, mayTrip = {} }) => ({
    id,
    sentence,
    layer,
    imitates,
    trips,
    mayTrip,
  }));
  terminal.out(flags['json'] === true ? `${JSON.stringify(faults, null, 2)}\n` : listed(faults, terminal.width));
}

/** One line a fault where there is no terminal, for grep. */
function listed(
  faults: readonly { readonly id: string; readonly layer: string; readonly sentence: string }[],
  width: number | undefined,
): string {
  const longest = Math.max(0, ...faults.map(({ id }) => id.length));
  const lines = faults.flatMap(({ id, layer, sentence }) => {
    const head = `${id.padEnd(longest)}  ${layer.padEnd(9)}  `;
    if (width === undefined) return [head + sentence];
    return head.length + 40 <= width ? hanging(head, sentence, width) : [`${id}  ${layer}`, ...hanging('    ', sentence, width)];
  });
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}
