/** Strings, with their length where it is bounded. Patterns and formats are left to the model. */
import type { Schema } from './schema-shape.ts';

/** GBNF writes a bounded repetition out, so large bounds are left to the model. */
const mostWrittenOut = 256;

/** `limit` bounds strings whose schema does not; never below what the schema asks for. */
export function stringExpression(schema: Schema, limit?: number): string {
  const least = Math.min(length(schema.minLength) ?? 0, mostWrittenOut);
  const most = length(schema.maxLength);
  const isBounded = most !== undefined && most <= (limit ?? mostWrittenOut) && most >= least;
  if (least === 0 && !isBounded) return 'string';
  const end = isBounded ? most : limit === undefined ? '' : Math.max(limit, least);
  return `"\\"" char{${least},${end}} "\\""`;
}

function length(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
}
