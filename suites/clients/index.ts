/** Checks of the area `clients`: what Claude Code and the official SDKs send, answered in a way that keeps them working. */
import type { Check } from '../model/check.ts';
import { claudeCodeChecks } from './claude-code.ts';

export const checks: readonly Check[] = [...claudeCodeChecks];
