/** Checks of the area `usage`. */
import type { Check } from '../model/check.ts';
import * as input from './input.ts';
import * as output from './output.ts';
import * as shape from './shape.ts';

export const checks: readonly Check[] = [
  shape.shapeValid,
  shape.optionalFieldsValid,
  shape.partsFitTotals,
  input.inputPositive,
  input.inputKnownAtStart,
  input.inputGrows,
  output.outputPositive,
  output.outputWithinLimit,
  output.outputFillsLimit,
  output.outputNotDecreasing,
  output.outputIsTotal,
];
