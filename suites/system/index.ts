/** Checks of the area `system`: the system prompt, and messages of role system. */
import { refusalsOf } from '../errors/bad-input-tables.ts';
import type { Check } from '../model/check.ts';
import { variantChecks } from '../variants.ts';
import { systemMessages } from './messages.ts';
import { promptChecks } from './prompt.ts';
import { refusalChecks } from './refusal.ts';

export const checks: readonly Check[] = [...promptChecks, ...variantChecks(systemMessages), ...refusalsOf('system'), ...refusalChecks];
