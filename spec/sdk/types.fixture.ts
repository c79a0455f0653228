// What a declared type of the SDK allows, as far as a JSON Schema can say it too.
import { splitAt, type Field, type Lookup } from './declarations.fixture.ts';

/** An interface with all its fields, inherited ones included. */
export interface Shape {
  readonly name: string;
  readonly module: string;
  readonly fields: readonly Field[];
}

/** The members of a union, aliases resolved. */
export interface Allowed {
  readonly isNullable: boolean;
  /** True where any string will do, so that the literals are only examples. */
  readonly isOpen: boolean;
  readonly literals: readonly string[];
  readonly shapes: readonly Shape[];
  /** Types of array items. */
  readonly items: readonly { readonly module: string; readonly type: string }[];
}

/** Resolves a type as a module writes it. Throws at a type that it does not understand, since a silent gap would be none of both. */
export function allowedBy(lookup: Lookup, module: string, type: string): Allowed {
  const parts = splitAt(type, '|').map((part) => allowedByOne(lookup, module, part));
  return {
    isNullable: parts.some(({ isNullable }) => isNullable),
    isOpen: parts.some(({ isOpen }) => isOpen),
    literals: parts.flatMap(({ literals }) => literals),
    shapes: parts.flatMap(({ shapes }) => shapes),
    items: parts.flatMap(({ items }) => items),
  };
}

const nothing: Allowed = { isNullable: false, isOpen: false, literals: [], shapes: [], items: [] };

function allowedByOne(lookup: Lookup, module: string, type: string): Allowed {
  if (type === 'null') return { ...nothing, isNullable: true };
  if (type === 'string' || type.startsWith('(string &')) return { ...nothing, isOpen: true };
  if (['number', 'boolean', 'unknown'].includes(type) || type.startsWith('{')) return nothing;
  const [, literal] = /^'([^']*)'$/.exec(type) ?? [];
  if (literal !== undefined) return { ...nothing, literals: [literal] };
  const [, item = /^(?:readonly )?(\w+)\[\]$/.exec(type)?.[1]] = /^Array<([\s\S]+)>$/.exec(type) ?? [];
  if (item !== undefined) return { ...nothing, items: [{ module, type: item }] };
  const found = lookup(module, type);
  if (!found) throw new Error(`${module} has no type ${type}`);
  if (found.kind === 'alias') return allowedBy(lookup, found.module, found.type);
  return { ...nothing, shapes: [shapeOf(lookup, found.module, found.name)] };
}

/** An interface by name. */
export function shapeOf(lookup: Lookup, module: string, name: string): Shape {
  const found = lookup(module, name);
  if (found?.kind !== 'interface') throw new Error(`${module} has no interface ${name}`);
  const inherited = found.parents.flatMap((parent) => shapeOf(lookup, found.module, parent).fields);
  const own = new Set(found.fields.map((field) => field.name));
  return { name: found.name, module: found.module, fields: [...inherited.filter((field) => !own.has(field.name)), ...found.fields] };
}
