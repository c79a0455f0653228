/** Checks of the area `stream.schema`. */
import type { Check } from '../model/check.ts';
import * as accumulation from './accumulation.ts';
import { knownFieldsOnly } from './additions.ts';
import * as blockEvents from './block-events.ts';
import * as messageEvents from './message-events.ts';

export const checks: readonly Check[] = [
  messageEvents.messageStart,
  messageEvents.messageStartContentEmpty,
  messageEvents.messageStartNotStopped,
  messageEvents.messageStartKeys,
  blockEvents.blockStart,
  blockEvents.toolStartInput,
  blockEvents.toolStartInputEmpty,
  blockEvents.textStartEmpty,
  blockEvents.thinkingStartEmpty,
  blockEvents.blockDelta,
  accumulation.deltasAreIncrements,
  accumulation.toolInputParses,
  accumulation.charactersWhole,
  messageEvents.messageDelta,
  messageEvents.messageDeltaUsageFields,
  messageEvents.messageDeltaKeys,
  blockEvents.errorEvent,
  knownFieldsOnly,
];
