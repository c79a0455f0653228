/**
 * What `not` rules out, and `oneOf`: all of its branches but one. No grammar takes away from what it allows, so whole types and properties
 * are left out instead; what is neither is recorded as lost.
 */
import { speaking } from './conjunction.ts';
import { neverValid } from './disjoint.ts';
import { isSchema, list, requiredNames, type Schema } from './schema-shape.ts';
import { allowedTypes, allows, impliedType, type JsonType, typesIn } from './types.ts';

/** What schemas allow once something is excluded. A type is undefined where none is stated or implied. */
export interface Remainder {
  readonly types: ReadonlySet<JsonType | undefined>;
  /** Properties that must not be written. */
  readonly absent: readonly string[];
}

/** The exclusions of one grammar. */
export class Exclusions {
  readonly #lose: (keyword: string, schema: Schema) => void;
  readonly #ofBranches = new Map<unknown, Schema>();
  /** Where an exclusion comes from a `oneOf`: the schema that has it. */
  readonly #owners = new Map<Schema, Schema>();

  constructor(lose: (keyword: string, schema: Schema) => void) {
    this.#lose = lose;
  }

  /** The schema that excludes a branch of the `oneOf` of `owner`. Schemas are told apart by identity, so it is the same one every time. */
  ofBranch(branch: unknown, owner: Schema): Schema {
    const known = this.#ofBranches.get(branch) ?? { not: branch };
    this.#ofBranches.set(branch, known);
    this.#owners.set(known, owner);
    return known;
  }

  /** Records that the grammar does not keep to an exclusion. */
  lose(schema: Schema): void {
    const owner = this.#owners.get(schema);
    this.#lose(owner === undefined ? 'not' : 'oneOf', owner ?? schema);
  }

  /** What `schemas` allow without what `excluding` rule out; undefined where that is nothing. */
  leaveOut(excluding: readonly Schema[], schemas: readonly Schema[]): Remainder | undefined {
    const types = new Set(allowedTypes(schemas) ?? [impliedType(schemas)]);
    const absent: string[] = [];
    for (const schema of excluding) {
      const { not } = schema;
      if (isSchema(not) && isOnly(not, ['type'])) {
        const excluded = typesIn(not['type']);
        for (const type of types) {
          if (type === undefined || (type === 'number' && excluded.has('integer') && !excluded.has('number'))) this.lose(schema);
          else if (allows(excluded, type)) types.delete(type);
        }
      } else if (isSchema(not) && isOnly(not, ['type', 'required']) && types.size === 1 && types.has('object')) {
        const required = new Set(schemas.flatMap(requiredNames));
        const optional = requiredNames(not).find((name) => !required.has(name));
        if (optional === undefined) return undefined;
        absent.push(optional);
      } else if (not === true || (isSchema(not) && speaking(not).length === 0 && !('$ref' in not) && !('allOf' in not))) return undefined;
      else this.lose(schema);
    }
    return { types, absent };
  }
}

/** Whether a schema says nothing but what is excluded. */
export function isExclusion(schema: Schema): boolean {
  return isOnly(schema, ['not']);
}

/** Whether a schema may exclude some of what is written for `schemas`. `values`: all of it, where that is a list. */
export function mayExclude(schema: Schema, schemas: readonly Schema[], values: readonly unknown[] | undefined, root: Schema): boolean {
  return 'not' in schema && (namesStructure(schema['not']) || !neverValid(schemas, values, schema['not'], root));
}

function isOnly(schema: Schema, keywords: readonly string[]): boolean {
  const said = speaking(schema);
  return said.length > 0 && !('$ref' in schema) && !('allOf' in schema) && said.every((keyword) => keywords.includes(keyword));
}

/** A schema that names an object or a list as such: what else is written may happen to be that one. */
function namesStructure(schema: unknown): boolean {
  if (!isSchema(schema)) return false;
  return [schema['const'], ...list(schema['enum'])].some((value) => typeof value === 'object' && value !== null);
}
