/** Arrays: the leading items each of its own schema, then any number of one schema, between the least and the most that are asked for. */
import { choice, empty, type Expression, nothing, sequence } from './expression.ts';
import { literal } from './literal.ts';
import type { GrammarBuilder } from './schema-grammar.ts';
import { leastGenerous, list, mostDemanding, type Schema } from './schema-shape.ts';

/** GBNF writes a bounded repetition out. Longer arrays are not written, shorter ones not promised. */
const mostWrittenOut = 500;
/** Arrays without repetition list the values that may still come. */
const mostDistinct = 32;

export function arrayExpression(builder: GrammarBuilder, schemas: readonly Schema[], root: Schema): Expression {
  const { open, comma, close } = marksOf(builder);
  const shapes = schemas.map(itemsOf);
  const leading = Math.max(...shapes.map((shape) => shape.leading.length));
  const rest = shapes.map((shape) => shape.rest).filter((one) => one !== undefined);
  const least = mostDemanding(schemas, 'minItems');
  const most = leastGenerous(schemas, 'maxItems');
  if (most !== undefined && most < least) return nothing;
  const distinct = schemas.find((schema) => schema['uniqueItems'] === true && (most === undefined || most > 1));
  if (distinct !== undefined) {
    const values = leading === 0 ? builder.values(rest, root) : undefined;
    if (values !== undefined && values.length <= mostDistinct) return distinctItems(builder, values, least, most ?? values.length);
    builder.lose('uniqueItems', distinct);
  }
  if (least > mostWrittenOut) builder.lose('minItems', schemas.find((schema) => 'minItems' in schema) ?? {});
  const from = Math.min(least, mostWrittenOut);
  const to = atMost(most, builder.limits.items, from);
  // Items that nothing is said about come after leading ones only where there must be more.
  const hasTail = leading === 0 || rest.length > 0 || from > leading;
  const tail = hasTail ? items(builder, rest, root, Math.max(0, from - leading), to === undefined ? to : to - leading, leading > 0) : empty;
  let chain = tail;
  for (let at = Math.min(leading, to ?? leading) - 1; at >= 0; at -= 1) {
    const here = shapes.flatMap((shape) =>
      at < shape.leading.length ? [shape.leading[at]] : shape.rest === undefined ? [] : [shape.rest],
    );
    const taken = sequence(...(at === 0 ? [] : [comma]), builder.inner(here, root), at + 1 === to ? empty : chain);
    chain = builder.rule('item', at >= from ? choice([taken, empty]) : taken);
  }
  return sequence(open, to === 0 ? empty : chain, close);
}

function marksOf({ notation }: GrammarBuilder): { readonly open: string; readonly comma: string; readonly close: string } {
  const [open, comma, close] = notation.list;
  return { open: literal(open), comma: literal(comma), close: literal(close) };
}

interface Items {
  readonly leading: readonly unknown[];
  readonly rest: unknown;
}

/** Of draft 2020-12, or of the drafts before it, where `items` may be the list of the leading ones. */
function itemsOf(schema: Schema): Items {
  if (Array.isArray(schema['items'])) return { leading: schema['items'], rest: schema['additionalItems'] };
  return { leading: list(schema['prefixItems']), rest: schema['items'] };
}

/** From `least` to `most` items of one schema, with what separates them; `isAfter`: with something before them. */
function items(
  builder: GrammarBuilder,
  schemas: readonly unknown[],
  root: Schema,
  least: number,
  most: number | undefined,
  isAfter: boolean,
): Expression {
  if (most !== undefined && most <= 0) return empty;
  if (least === 0 && builder.isEndless(schemas, root)) return empty;
  const item = builder.rule('item', builder.inner(schemas, root));
  const next = builder.rule('more', sequence(marksOf(builder).comma, item));
  if (isAfter) return { repeated: next, least, ...(most === undefined ? {} : { most }) };
  const more: Expression = { repeated: next, least: Math.max(least - 1, 0), ...(most === undefined ? {} : { most: most - 1 }) };
  return least === 0 ? choice([sequence(item, more), empty]) : sequence(item, more);
}

/** Each value at most once, in the order of the schema: to remember the ones that came would take a rule for every set of them. */
function distinctItems(builder: GrammarBuilder, values: readonly unknown[], least: number, most: number): Expression {
  const { open, comma, close } = marksOf(builder);
  const rest = new Map<string, Expression>();
  const from = (at: number, written: number): Expression => {
    const key = `${at} ${Math.min(written, Math.max(least, most))}`;
    const known = rest.get(key);
    if (known !== undefined) return known;
    const options: Expression[] = written >= least ? [empty] : [];
    if (at < values.length && written < most) {
      options.push(
        sequence(...(written === 0 ? [] : [comma]), builder.value(values[at]), from(at + 1, written + 1)),
        from(at + 1, written),
      );
    }
    const rule = builder.rule('distinct', choice(options));
    rest.set(key, rule);
    return rule;
  };
  return sequence(open, from(0, 0), close);
}

/** The schema's bound or the limit, whichever is lower, but never less than what the schema asks for. */
function atMost(most: number | undefined, limit: number | undefined, least: number): number | undefined {
  const bound = most === undefined || most <= mostWrittenOut ? most : mostWrittenOut;
  if (limit === undefined || (bound !== undefined && bound <= limit)) return bound;
  return Math.max(limit, least);
}
