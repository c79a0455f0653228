/** POST /v1/messages/count_tokens: an integer, and what raises it. */
import type { Check } from '../model/check.ts';
import { answerChecks } from './answers.ts';
import { comparisonChecks } from './comparisons.ts';

export const checks: readonly Check[] = [...answerChecks, ...comparisonChecks];
