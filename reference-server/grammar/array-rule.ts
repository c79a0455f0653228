/** Arrays: items of one schema, or the leading ones each with its own, between the least and the most that are asked for. */
import type { GrammarBuilder } from './schema-grammar.ts';
import type { Schema } from './schema-shape.ts';

/** GBNF writes a bounded repetition out, so large bounds are left to the model. */
const mostWrittenOut = 64;

export function arrayExpression(builder: GrammarBuilder, schema: Schema, root: Schema): string {
  if (Array.isArray(schema.prefixItems) && schema.prefixItems.length > 0) {
    return `"[" ${schema.prefixItems.map((item) => builder.innerSchema(item, root)).join(' ", " ')} "]"`;
  }
  const least = Math.min(count(schema.minItems) ?? 0, mostWrittenOut);
  const most = atMost(count(schema.maxItems), builder.limits.items, least);
  if (most === 0 || (least === 0 && builder.isEndless(schema.items, root))) return '"[]"';
  const item = builder.rule('item', builder.innerSchema(schema.items, root));
  const bounded = most !== undefined && most <= mostWrittenOut && most >= least;
  const more = most === 1 ? '' : `(", " ${item}){${Math.max(least - 1, 0)},${bounded ? most - 1 : ''}}`;
  return least === 0 ? `"[" (${item} ${more})? "]"` : `"[" ${item} ${more} "]"`;
}

/** The schema's bound or the limit, whichever is lower, but never less than what the schema asks for. */
function atMost(most: number | undefined, limit: number | undefined, least: number): number | undefined {
  if (limit === undefined || (most !== undefined && most <= limit)) return most;
  return Math.max(limit, least);
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
}
