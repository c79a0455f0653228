/** Errors: the envelope, which status goes with which type, and a family of requests with one mistake each. */
import type { Check } from '../model/check.ts';
import { badInputChecks } from './bad-input.ts';
import { badMessages } from './bad-messages.ts';
import { badTools } from './bad-tools.ts';
import { envelopeChecks } from './envelope.ts';
import { jsonChecks } from './json.ts';
import { messageChecks } from './message.ts';
import { statusChecks } from './status.ts';

export const checks: readonly Check[] = [
  ...envelopeChecks,
  ...statusChecks,
  ...messageChecks,
  ...jsonChecks,
  ...badInputChecks(badMessages),
  ...badInputChecks(badTools),
];
