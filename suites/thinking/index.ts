/** Checks of the area `thinking`: its types and its display. Thinking blocks themselves are judged in `messages` and `stream.schema`. */
import type { Check } from '../model/check.ts';
import { displayChecks } from './display.ts';
import { modeChecks } from './modes.ts';

export const checks: readonly Check[] = [...modeChecks, ...displayChecks];
