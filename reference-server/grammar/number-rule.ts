/** Numbers. Bounds are kept exactly for small ranges of integers and as a sign otherwise; the rest is left to the model. */
import { integerDigits, numberDigits } from './json-rules.ts';
import type { Schema } from './schema-shape.ts';

const largestListedRange = 256;

export function integerExpression(schema: Schema): string {
  const least = lowest(schema);
  const most = highest(schema);
  if (least !== undefined && most !== undefined && most >= least && most - least < largestListedRange) {
    return `(${Array.from({ length: most - least + 1 }, (_, index) => `"${least + index}"`).join(' | ')})`;
  }
  return signed(least, most, integerDigits) ?? 'integer';
}

export function numberExpression(schema: Schema): string {
  const exclusive = numeric(schema.exclusiveMinimum);
  return signed(exclusive === undefined ? numeric(schema.minimum) : exclusive + 1, undefined, numberDigits) ?? 'number';
}

/** Digits with the sign that the bounds allow; undefined where they allow both. A minus and zero would not be below zero, so it stays allowed. */
function signed(least: number | undefined, most: number | undefined, digits: string): string | undefined {
  if (least !== undefined && least > 0) return `[1-9] ${digits === integerDigits ? '[0-9]{0,14}' : '[0-9]{0,14} ("." [0-9]{1,15})?'}`;
  if (least === 0) return digits;
  return most !== undefined && most < 0 ? '"-" [1-9] [0-9]{0,14}' : undefined;
}

function lowest(schema: Schema): number | undefined {
  const bounds = [ceil(numeric(schema.minimum)), above(numeric(schema.exclusiveMinimum))].filter((bound) => bound !== undefined);
  return bounds.length === 0 ? undefined : Math.max(...bounds);
}

function highest(schema: Schema): number | undefined {
  const bounds = [floor(numeric(schema.maximum)), below(numeric(schema.exclusiveMaximum))].filter((bound) => bound !== undefined);
  return bounds.length === 0 ? undefined : Math.min(...bounds);
}

const ceil = (bound: number | undefined): number | undefined => (bound === undefined ? undefined : Math.ceil(bound));
const floor = (bound: number | undefined): number | undefined => (bound === undefined ? undefined : Math.floor(bound));
const above = (bound: number | undefined): number | undefined => (bound === undefined ? undefined : Math.floor(bound) + 1);
const below = (bound: number | undefined): number | undefined => (bound === undefined ? undefined : Math.ceil(bound) - 1);

function numeric(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
