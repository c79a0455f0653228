/** Checks of the area `stop`. */
import type { Check } from '../model/check.ts';
import { endChecks } from './ends.ts';
import * as reason from './reason.ts';
import * as sequence from './sequence.ts';
import { toolTruncatedChecks } from './tool-truncated.ts';
import { warmUpChecks } from './warm-up.ts';
import { windowChecks } from './window.ts';

export const checks: readonly Check[] = [
  reason.reasonPresent,
  reason.reasonKnown,
  reason.maxTokensJson,
  reason.maxTokensStream,
  ...warmUpChecks,
  ...windowChecks,
  ...endChecks,
  reason.toolUseNamed,
  reason.toolUsePresent,
  ...toolTruncatedChecks,
  reason.detailsOnRefusal,
  sequence.namedIffReason,
  sequence.oneOfRequest,
  sequence.honoured,
  sequence.reported,
  sequence.excluded,
  sequence.unmatched,
  sequence.severalAccepted,
];
