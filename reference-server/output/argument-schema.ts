/** What the schema of a tool says about one argument. */
import { flattened } from '../grammar/conjunction.ts';
import { valueSchemas } from '../grammar/object-rule.ts';
import type { Schema } from '../grammar/schema-shape.ts';
import { typesOf } from '../grammar/value-types.ts';

const deepest = 8;

/** The schema of the argument `name`. Of alternatives, those that speak of it: nobody knows yet which of them the arguments will follow. */
export function argumentSchema(name: string, tool: Schema): Schema {
  return { allOf: saidAbout(name, tool, tool, 0) };
}

function saidAbout(name: string, schema: unknown, root: Schema, depth: number): readonly unknown[] {
  const flat = [...(flattened([schema], root, ignore, ignore) ?? [])];
  const unions = depth < deepest ? flat.flatMap(({ anyOf, oneOf }) => [anyOf, oneOf].filter(Array.isArray)) : [];
  const told = unions.map((branches: readonly unknown[]) =>
    branches
      .filter((branch) => typesOf(branch, root).has('object'))
      .map((branch) => ({ allOf: saidAbout(name, branch, root, depth + 1) }))
      .filter(({ allOf }) => allOf.length > 0),
  );
  return [...valueSchemas(flat, name), ...told.filter((branches) => branches.length > 0).map((anyOf) => ({ anyOf }))];
}

function ignore(): void {}
