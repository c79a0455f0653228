/** Objects: properties in schema order, each optional one may be left out, and commas only between those that are there. */
import { anyValue } from './json-rules.ts';
import { literal } from './literal.ts';
import type { GrammarBuilder } from './schema-grammar.ts';
import { isSchema, requiredNames, type Schema } from './schema-shape.ts';

/**
 * Two chains of rules, one for "nothing written yet" and one for "something stands before": linear in the number of properties, where
 * listing the possible combinations would be exponential.
 */
export function objectExpression(builder: GrammarBuilder, schema: Schema, root: Schema): string {
  const properties = isSchema(schema.properties) ? schema.properties : {};
  const required = new Set(requiredNames(schema));
  const written = Object.keys(properties).filter((name) => required.has(name) || !builder.isEndless(properties[name], root));
  const names = [...new Set([...written, ...required])];
  let first = '""';
  let next = '""';
  for (const name of names.toReversed()) {
    const value = Object.hasOwn(properties, name) ? builder.innerSchema(properties[name], root) : anyValue;
    const member = builder.rule(`member-${name}`, `${literal(`${JSON.stringify(name)}: `)} ${value}`);
    const taken = `${member} ${next}`;
    const takenNext = `", " ${member} ${next}`;
    const isRequired = required.has(name);
    first = builder.rule('first', isRequired ? taken : `${taken} | ${first}`);
    next = builder.rule('next', isRequired ? takenNext : `${takenNext} | ${next}`);
  }
  return `"{" ${first} "}"`;
}
