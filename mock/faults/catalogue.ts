/** All known faults, by the area of the checks that they are for. */
import type { KnownFault } from './fault.ts';
import { authFaults } from './known/auth.ts';
import { countTokensFaults } from './known/count-tokens.ts';
import { errorFaults } from './known/errors.ts';
import { framingFaults } from './known/framing.ts';
import { httpFaults } from './known/http.ts';
import { modelFaults } from './known/models.ts';
import { messageFaults } from './known/messages.ts';
import { orderFaults } from './known/order.ts';
import { parameterFaults } from './known/parameters.ts';
import { parityFaults } from './known/parity.ts';
import { schemaBlockFaults } from './known/schema-blocks.ts';
import { schemaFaults } from './known/schema.ts';
import { stopSequenceFaults } from './known/stop-sequences.ts';
import { stopFaults } from './known/stop.ts';
import { usageFaults } from './known/usage.ts';
import { betaFaults } from './known/beta.ts';
import { cacheFaults } from './known/cache.ts';
import { clientFaults } from './known/clients.ts';
import { contentFaults } from './known/content.ts';
import { historyFaults } from './known/history.ts';
import { prefillFaults } from './known/prefill.ts';
import { structuredOutputFaults } from './known/structured-output.ts';
import { systemFaults } from './known/system.ts';
import { thinkingFaults } from './known/thinking.ts';
import { toolChoiceFaults } from './known/tool-choice.ts';
import { toolFaults } from './known/tools.ts';
import { concurrencyFaults } from './known/concurrency.ts';
import { disconnectFaults } from './known/disconnect.ts';
import { keepAliveFaults } from './known/keep-alive.ts';
import { silenceFaults } from './known/silence.ts';
import { sdkFaults } from './known/sdk.ts';
import { versionFaults } from './known/version.ts';

export const knownFaults: readonly KnownFault[] = [
  ...errorFaults,
  ...countTokensFaults,
  ...modelFaults,
  ...authFaults,
  ...versionFaults,
  ...httpFaults,
  ...framingFaults,
  ...orderFaults,
  ...schemaFaults,
  ...schemaBlockFaults,
  ...messageFaults,
  ...parameterFaults,
  ...stopFaults,
  ...stopSequenceFaults,
  ...usageFaults,
  ...parityFaults,
  ...cacheFaults,
  ...clientFaults,
  ...contentFaults,
  ...historyFaults,
  ...prefillFaults,
  ...structuredOutputFaults,
  ...systemFaults,
  ...thinkingFaults,
  ...betaFaults,
  ...concurrencyFaults,
  ...disconnectFaults,
  ...keepAliveFaults,
  ...silenceFaults,
  ...sdkFaults,
  ...toolFaults,
  ...toolChoiceFaults,
];

/** The fault of that id, or undefined. */
export function findFault(id: string): KnownFault | undefined {
  return knownFaults.find((fault) => fault.id === id);
}
