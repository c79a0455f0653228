// Makes TypeScript types from the schemas; a type has the name in the schema's `title`.
import { compile, type JSONSchema } from 'json-schema-to-typescript';
import { isSchema, mapSchema, resolveRef, type Schema, type Schemas } from './read-schemas.ts';

const banner = `// Generated from spec/schemas by scripts/generate.ts; change the schemas instead.`;

/** The text of `types.ts`: every schema as one exported type, described as in the schema. */
export async function generateTypes(schemas: Schemas): Promise<string> {
  const definitions: Record<string, Schema> = {};
  for (const [name, schema] of schemas) definitions[name] = typed(schema, schemas);
  const everything: JSONSchema = { title: 'Everything', type: 'object', $defs: definitions, additionalProperties: false };
  const text = await compile(everything, 'Everything', {
    bannerComment: banner,
    additionalProperties: false,
    unreachableDefinitions: true,
    // `[T, ...T[]]` and unions of tuples would be a burden to whoever builds a request.
    ignoreMinAndMaxItems: true,
    format: true,
    style: { singleQuote: true, printWidth: 140 },
  });
  return cleaned(text);
}

/** Type names instead of files, and unions in the form that the compiler understands. */
function typed(schema: Schema, schemas: Schemas): Schema {
  return mapSchema(schema, (part) => {
    const { $schema: _dialect, $id: _id, if: condition, then, else: otherwise, discriminator, ...rest } = part;
    if (isSchema(discriminator)) return { title: rest['title'], description: rest['description'], oneOf: rest['oneOf'] };
    if (condition !== undefined) return { title: rest['title'], description: rest['description'], oneOf: [then, otherwise] };
    const { $ref: ref, ...beside } = rest;
    // By name rather than by reference: a description beside a `$ref` would make the compiler repeat the type as `Caller1`.
    return ref === undefined ? rest : { ...beside, tsType: resolveRef(schemas, ref)['title'] };
  });
}

/** Drops the compiler's own remarks and the wrapper that only held the definitions together. */
function cleaned(text: string): string {
  return text
    .replaceAll(/\n?\s*\*\n\s*\* This interface was referenced by [^\n]*\n\s*\* via the `definition` "[^\n]*"\./g, '')
    .replaceAll(/\/\*\*\n \* This interface was referenced by [^\n]*\n \* via the `definition` "[^\n]*"\.\n \*\/\n/g, '')
    .replace(/export interface Everything \{\}\n/, '');
}
