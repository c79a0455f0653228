/** Checks of the area `usage`. */
import type { Check } from '../model/check.ts';
import { cacheChecks } from './cache.ts';
import * as input from './input.ts';
import * as output from './output.ts';
import * as shape from './shape.ts';

export const checks: readonly Check[] = [
  shape.shapeValid,
  ...shape.optionalFields,
  shape.lifetimesAddUp,
  shape.thinkingWithinOutput,
  input.inputPositive,
  input.inputKnownAtStart,
  input.inputGrows,
  input.toolsCounted,
  output.outputPositive,
  output.outputWithinLimit,
  output.outputFillsLimit,
  output.outputNotDecreasing,
  output.outputIsTotal,
  ...cacheChecks,
];
