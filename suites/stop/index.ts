/** Checks of the area `stop`. */
import type { Check } from '../model/check.ts';
import * as reason from './reason.ts';
import * as sequence from './sequence.ts';

export const checks: readonly Check[] = [
  reason.reasonPresent,
  reason.reasonKnown,
  reason.maxTokensJson,
  reason.maxTokensStream,
  reason.toolUseNamed,
  reason.toolUsePresent,
  reason.detailsOnRefusal,
  sequence.namedIffReason,
  sequence.oneOfRequest,
  sequence.honoured,
  sequence.excluded,
  sequence.unmatched,
  sequence.severalAccepted,
];
