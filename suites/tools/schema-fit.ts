/** What a value has against a schema of the kind that strict tools may have: types, enums, required and no other properties, items. */
import { isJsonObject, type JsonObject } from '../../spec/json.ts';
import { shown } from '../model/judgement.ts';
import { isList } from '../reading.ts';

export interface Misfit {
  /** The rule that is broken. */
  readonly keyword: 'type' | 'enum' | 'required' | 'additionalProperties' | 'minItems';
  /** JSON Pointer to the value. */
  readonly pointer: string;
  readonly expected: string;
  readonly found: string;
}

/** In the order of the schema. An enum is compared without regard to case: the API leaves the case of values to the model. */
export function misfits(schema: JsonObject, value: unknown, pointer = ''): readonly Misfit[] {
  const { type, enum: allowed, minItems, items } = schema;
  const of = (keyword: Misfit['keyword'], expected: string): Misfit => ({ keyword, pointer, expected, found: shown(value) });
  if (typeof type === 'string' && !isOfType(value, type)) return [of('type', type === 'object' ? 'an object' : `of type ${type}`)];
  if (isList(allowed) && !allowed.some((one) => folded(one) === folded(value))) return [of('enum', `one of ${shown(allowed)}`)];
  if (isJsonObject(value)) return objectMisfits(schema, value, pointer);
  if (!isList(value)) return [];
  const few = typeof minItems === 'number' && value.length < minItems ? [of('minItems', `${minItems} or more items`)] : [];
  return [...few, ...(isJsonObject(items) ? value.flatMap((item, position) => misfits(items, item, `${pointer}/${position}`)) : [])];
}

function objectMisfits(schema: JsonObject, value: JsonObject, pointer: string): readonly Misfit[] {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const required = isList(schema['required']) ? schema['required'].filter((name) => typeof name === 'string') : [];
  const known = Object.entries(properties);
  return [
    ...required
      .filter((name) => !Object.hasOwn(value, name))
      .map((name) => ({ keyword: 'required' as const, pointer: `${pointer}/${name}`, expected: `the property ${name}`, found: 'nothing' })),
    ...known.flatMap(([name, inner]) =>
      isJsonObject(inner) && Object.hasOwn(value, name) ? misfits(inner, value[name], `${pointer}/${name}`) : [],
    ),
    ...Object.keys(value)
      .filter((name) => schema['additionalProperties'] === false && !Object.hasOwn(properties, name))
      .map((name) => ({
        keyword: 'additionalProperties' as const,
        pointer: `${pointer}/${name}`,
        expected: 'no such property',
        found: shown(value[name]),
      })),
  ];
}

function folded(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

function isOfType(value: unknown, type: string): boolean {
  if (type === 'object') return isJsonObject(value);
  if (type === 'array') return isList(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}
