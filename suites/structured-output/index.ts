/** Checks of the area `structured-output`: replies of which the request gives the schema. */
import type { Check } from '../model/check.ts';
import { formatChecks } from './format.ts';
import { replyChecks } from './reply.ts';

export const checks: readonly Check[] = [...formatChecks, ...replyChecks];
