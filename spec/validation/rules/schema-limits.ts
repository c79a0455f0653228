// What JSON Schemas may not have where the server guarantees that output follows them: the format of an answer, and strict tools.
// https://platform.claude.com/docs/en/build-with-claude/structured-outputs (JSON Schema limitations)
import { isJsonObject, type JsonObject } from '../../json.ts';
import { pointerTo } from '../problem.ts';

/** A place in a schema that output cannot be held to. */
export interface SchemaLimit {
  /** JSON Pointer from the root of the schema. */
  readonly pointer: string;
  readonly message: string;
  /** False where a server may well be able to do more than the official one. */
  readonly isSure: boolean;
}

const listed: ReadonlySet<string> = new Set(['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']);
const remembered: ReadonlySet<string> = new Set(['minLength', 'maxLength', 'maxItems', 'uniqueItems']);

/** Every place that no strict output can follow, in no particular order. Takes linear time and no stack, whatever the schema. */
export function schemaLimits(schema: JsonObject): readonly SchemaLimit[] {
  const limits: SchemaLimit[] = [];
  const refs: Ref[] = [];
  for (const { part, pointer, unit } of partsOf(schema)) {
    for (const [keyword, value] of Object.entries(part)) {
      const place = pointerTo(pointer, keyword);
      if (listed.has(keyword)) limits.push({ pointer: place, message: 'is a bound that strict output does not support', isSure: true });
      else if (remembered.has(keyword))
        limits.push({ pointer: place, message: 'is a bound that strict output does not support', isSure: false });
      else if (keyword === 'additionalProperties' && value !== false)
        limits.push({ pointer: place, message: 'must be false in strict output', isSure: true });
      else if (keyword === '$ref' && typeof value === 'string') {
        if (value.startsWith('#')) refs.push({ from: unit, to: value, pointer: place });
        else limits.push({ pointer: place, message: 'must lead to a place in the same schema', isSure: true });
      }
    }
    if (part['type'] === 'object' && part['additionalProperties'] === undefined)
      limits.push({ pointer: pointerTo(pointer, 'additionalProperties'), message: 'must be false in strict output', isSure: false });
  }
  const cycle = recursion(refs);
  if (cycle) limits.push({ pointer: cycle.pointer, message: 'must not lead back to itself: strict output has no recursion', isSure: true });
  return limits;
}

/** A schema inside a schema. */
export interface Part {
  readonly part: JsonObject;
  readonly pointer: string;
  /** The definition that it belongs to, as a reference would name it; `#` is the schema itself. */
  readonly unit: string;
}

const maps = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'] as const;
const lists = ['anyOf', 'allOf', 'oneOf', 'prefixItems'] as const;
const singles = ['items', 'additionalProperties', 'not', 'contains', 'propertyNames', 'if', 'then', 'else'] as const;

/** The schema and all schemas inside it. */
export function* partsOf(schema: JsonObject): Generator<Part> {
  const left: Part[] = [{ part: schema, pointer: '', unit: '#' }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    yield next;
    const { part, pointer, unit } = next;
    for (const keyword of [...maps, ...lists]) {
      const inside = part[keyword];
      if (typeof inside !== 'object' || inside === null) continue;
      const isDefinition = pointer === '' && (keyword === '$defs' || keyword === 'definitions');
      for (const [name, value] of Object.entries(inside)) {
        if (isJsonObject(value)) {
          const place = pointerTo(pointer, keyword, name);
          left.push({ part: value, pointer: place, unit: isDefinition ? `#${place}` : unit });
        }
      }
    }
    for (const keyword of singles) {
      const value = part[keyword];
      if (isJsonObject(value)) left.push({ part: value, pointer: pointerTo(pointer, keyword), unit });
    }
  }
}

interface Ref {
  readonly from: string;
  readonly to: string;
  readonly pointer: string;
}

/** A reference on a way that leads back to where it began. References into the middle of a definition count as references to it. */
function recursion(refs: readonly Ref[]): Ref | undefined {
  const open = new Map<string, Ref[]>();
  const leads = new Map<string, number>();
  for (const ref of refs.map((one) => ({ ...one, to: /^#\/(?:\$defs|definitions)\/[^/]+/.exec(one.to)?.[0] ?? '#' }))) {
    const others = open.get(ref.from);
    if (others) others.push(ref);
    else open.set(ref.from, [ref]);
    leads.set(ref.to, (leads.get(ref.to) ?? 0) + 1);
  }
  // What nothing leads to is on no circle, and neither is what only leads on from there.
  const free = [...open.keys()].filter((unit) => !leads.has(unit));
  for (let unit = free.pop(); unit !== undefined; unit = free.pop()) {
    for (const { to } of open.get(unit) ?? []) {
      const count = (leads.get(to) ?? 0) - 1;
      leads.set(to, count);
      if (count === 0) free.push(to);
    }
    open.delete(unit);
  }
  return [...open.values()].flat()[0];
}
