/** POST /v1/messages/count_tokens: an integer, what raises it, and what is not counted. */
import type { Check } from '../model/check.ts';
import { variantChecks } from '../variants.ts';
import { answerChecks } from './answers.ts';
import { comparisonChecks } from './comparisons.ts';
import { refusalChecks } from './refusals.ts';
import { countRequests } from './requests.ts';
import { speedChecks } from './speed.ts';
import { versionChecks } from './version.ts';
import { whereTaken } from './where-taken.ts';

export const checks: readonly Check[] = [
  ...answerChecks,
  ...variantChecks(countRequests).map(whereTaken),
  ...comparisonChecks,
  ...refusalChecks,
  ...versionChecks,
  ...speedChecks,
];
