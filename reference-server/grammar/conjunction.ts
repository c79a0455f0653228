/** Schemas that must all hold: flattened to those that say something themselves, without references and `allOf`. */
import { isSchema, list, requiredNames, resolveReference, type Schema } from './schema-shape.ts';

/** Keywords that say nothing about values, or that flattening follows. */
const silent: ReadonlySet<string> = new Set([
  '$ref',
  'allOf',
  '$defs',
  'definitions',
  '$schema',
  '$id',
  '$anchor',
  '$comment',
  'title',
  'description',
  'default',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
]);

/** The keywords of a schema that speak about values. */
export function speaking(schema: Schema): string[] {
  return Object.keys(schema).filter((keyword) => !silent.has(keyword) && !keyword.startsWith('x-'));
}

/** What to do with a reference that leads nowhere. */
export type OnLost = (keyword: '$ref', schema: Schema) => void;

/**
 * The schemas that `schemas` come down to, each once; undefined where one of them is `false`. A schema that leads back to itself adds
 * nothing new, so circles end. `onVisit` is told of every step, for whoever counts them.
 */
export function flattened(schemas: readonly unknown[], root: Schema, onLost: OnLost, onVisit: () => void): Set<Schema> | undefined {
  const seen = new Set<Schema>();
  const speakers = new Set<Schema>();
  const left = schemas.toReversed();
  while (left.length > 0) {
    const next = left.pop();
    if (next === false) return undefined;
    if (!isSchema(next) || seen.has(next)) continue;
    onVisit();
    seen.add(next);
    if (speaking(next).length > 0) speakers.add(next);
    left.push(...list(next['allOf']).toReversed());
    if (typeof next['$ref'] === 'string') {
      const target = resolveReference(root, next['$ref']);
      if (target === undefined) onLost('$ref', next);
      else left.push(target);
    }
  }
  return speakers;
}

/** Whether `schema` itself, its references and its branches name every property that `all` may write: `unevaluatedProperties` sees no others. */
export function hasDeclared(schema: Schema, all: readonly Schema[], root: Schema): boolean {
  const declared = new Set<string>();
  for (const part of [schema, ...list(schema['anyOf']), ...list(schema['oneOf'])]) {
    for (const one of flattened([part], root, ignore, ignore) ?? []) for (const name of propertyNames(one)) declared.add(name);
  }
  return all.every((one) => [...propertyNames(one), ...requiredNames(one), ...dependents(one)].every((name) => declared.has(name)));
}

/** Names that come with others. */
function dependents({ dependentRequired }: Schema): string[] {
  const names = isSchema(dependentRequired) ? Object.values(dependentRequired).flatMap(list) : [];
  return names.filter((name) => typeof name === 'string');
}

function ignore(): void {}

function propertyNames({ properties }: Schema): string[] {
  return isSchema(properties) ? Object.keys(properties) : [];
}
