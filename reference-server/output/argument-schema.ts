/** What the schema of a tool says about one argument. */
import { flattened } from '../grammar/conjunction.ts';
import { valueSchemas } from '../grammar/object-rule.ts';
import type { Schema } from '../grammar/schema-shape.ts';
import { typesOf } from '../grammar/value-types.ts';

/** The schema of the argument `name`. Of alternatives, those that speak of it: nobody knows yet which of them the arguments will follow. */
export function argumentSchema(name: string, tool: Schema): Schema {
  return { allOf: saidAbout(name, tool, tool, new Set()) };
}

/** @param seen what was asked already: schemas may lead back to themselves. */
function saidAbout(name: string, schema: unknown, root: Schema, seen: Set<Schema>): readonly unknown[] {
  const flat = [...(flattened([schema], root, ignore, ignore) ?? [])].filter((one) => !seen.has(one));
  for (const one of flat) seen.add(one);
  const told = flat
    .flatMap(({ anyOf, oneOf }) => [anyOf, oneOf].filter(Array.isArray))
    .map((branches: readonly unknown[]) =>
      branches
        .filter((branch) => typesOf(branch, root).has('object'))
        .map((branch) => ({ allOf: saidAbout(name, branch, root, seen) }))
        .filter(({ allOf }) => allOf.length > 0),
    );
  return [...valueSchemas(flat, name), ...told.filter((branches) => branches.length > 0).map((anyOf) => ({ anyOf }))];
}

function ignore(): void {}
