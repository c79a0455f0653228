/** Tools: their definitions, calls and results. What `tool_choice` promises is an area of its own. */
import type { Check } from '../model/check.ts';
import { blockChecks } from './blocks.ts';
import { definitionChecks } from './definitions.ts';
import { forcedChecks } from './forced.ts';
import { resultChecks } from './results.ts';

export const checks: readonly Check[] = [...blockChecks, ...forcedChecks, ...definitionChecks, ...resultChecks];
