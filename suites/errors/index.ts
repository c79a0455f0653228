/** Errors: the envelope, which status goes with which type, and families of requests with one mistake each. */
import type { Check } from '../model/check.ts';
import { refusalsOf } from './bad-input-tables.ts';
import { envelopeChecks } from './envelope.ts';
import { jsonChecks } from './json.ts';
import { limitChecks } from './limits.ts';
import { messageChecks } from './message.ts';
import { nearMisses } from './near-misses.ts';
import { optionalTurnChecks } from './optional-turns.ts';
import { severalCheck } from './several.ts';
import { sizeCheck } from './size.ts';
import { statusChecks } from './status.ts';
import { thinkingHistoryChecks } from './thinking-history.ts';
import { variantChecks } from '../variants.ts';

export const checks: readonly Check[] = [
  ...envelopeChecks,
  ...statusChecks,
  ...messageChecks,
  ...jsonChecks,
  severalCheck,
  sizeCheck,
  ...limitChecks,
  ...refusalsOf('errors'),
  ...optionalTurnChecks,
  ...thinkingHistoryChecks,
  ...variantChecks(nearMisses),
];
