/** Betas: the header, the fields that it allows, and message threads. */
import type { Check } from '../model/check.ts';
import { headerChecks } from './header.ts';
import { outOfScopeFieldChecks } from './out-of-scope.ts';
import { threadChecks } from './thread.ts';

export const checks: readonly Check[] = [...headerChecks, ...threadChecks, ...outOfScopeFieldChecks];
