/** Keywords that no grammar holds. */
import { hasDeclared } from './conjunction.ts';
import type { Schema } from './schema-shape.ts';
import type { JsonType } from './types.ts';

/** Each with the type that it is about. `if` and `unevaluatedProperties` are held in some schemas. */
const unheld: readonly (readonly [string, JsonType | 'any'])[] = [
  ['contains', 'array'],
  ['unevaluatedItems', 'array'],
  ['dependentSchemas', 'object'],
  ['dependencies', 'object'],
  ['$dynamicRef', 'any'],
  ['$recursiveRef', 'any'],
];

/** The keywords that are lost on values of `types`, each with the schema that has it. */
export function unheldKeywords(
  schemas: readonly Schema[],
  types: ReadonlySet<JsonType | undefined>,
  root: Schema,
): readonly (readonly [string, Schema])[] {
  return schemas.flatMap((schema) => {
    const isConditional = 'if' in schema && ('then' in schema || 'else' in schema);
    const hasOthers = types.has('object') && 'unevaluatedProperties' in schema && !hasDeclared(schema, schemas, root);
    const keywords = [
      ...(isConditional ? ['if'] : []),
      ...(hasOthers ? ['unevaluatedProperties'] : []),
      ...unheld.flatMap(([keyword, about]) => (keyword in schema && (about === 'any' || types.has(about)) ? [keyword] : [])),
    ];
    return keywords.map((keyword) => [keyword, schema] as const);
  });
}
