/** Faults of errors: mistakes that are taken, and answers that do not say what was wrong. */
import type { KnownFault } from '../fault.ts';
import { takenContent } from './errors-content.ts';
import { envelopeFaults } from './errors-envelopes.ts';
import { takenModes } from './errors-modes.ts';
import { takenRequests } from './errors-requests.ts';
import { statusFaults } from './errors-statuses.ts';
import { takenTools } from './errors-tools.ts';
import { unwillingFaults } from './errors-unwilling.ts';
import { validFaults } from './errors-valid.ts';

export const errorFaults: readonly KnownFault[] = [
  ...envelopeFaults,
  ...statusFaults,
  ...unwillingFaults,
  ...validFaults,
  ...takenRequests,
  ...takenContent,
  ...takenTools,
  ...takenModes,
];
