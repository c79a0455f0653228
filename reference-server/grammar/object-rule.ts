/** Objects: known properties in order, each optional one may be left out, and other members after them where the schema speaks of them. */
import { admits, every, hasMatch } from './admits.ts';
import { choice, empty, type Expression, nothing, sequence } from './expression.ts';
import { freeName, mostNameCharacters } from './free-name.ts';
import { literal } from './literal.ts';
import type { GrammarBuilder } from './schema-grammar.ts';
import { isSchema, leastGenerous, list, mostDemanding, requiredNames, type Schema } from './schema-shape.ts';
import { patternString } from './string-rule.ts';

/**
 * Two chains of rules, one for "nothing written yet" and one for "something stands before": linear in the number of properties, where
 * listing the possible combinations would be exponential.
 */
export function objectExpression(builder: GrammarBuilder, schemas: readonly Schema[], root: Schema): Expression {
  const { open, comma, close, name: around, spelled, member: memberValue } = builder.notation.object;
  const valueOf = (values: readonly unknown[]): Expression => memberValue?.(builder, values, root) ?? builder.inner(values, root);
  const required = new Set(schemas.flatMap(requiredNames));
  if ([...required].some((one) => spelled(one) === undefined)) return nothing;
  const known = new Set([...schemas.flatMap((schema) => Object.keys(mapOf(schema, 'properties'))), ...required]);
  requireDependents(schemas, known, required);
  const most = leastGenerous(schemas, 'maxProperties') ?? Number.POSITIVE_INFINITY;
  const least = mostDemanding(schemas, 'minProperties');
  if (required.size > most || least > most) return nothing;
  const written = writtenNames(builder, schemas, known, required, root);
  if (written === undefined) return nothing;
  const kept = keptNames(written, required, most);
  const room = most - kept.length;
  const name = room < 1 ? undefined : otherName(builder, schemas, known, root);
  let missing = Math.max(0, least - required.size);
  // "Any one of them" is a matter of where the chain may end. "Some two of them" has no short grammar: the first ones become required.
  const needsAny = required.size === 0 && missing === 1 && name === undefined;
  if (!needsAny) {
    for (const optional of kept.filter((one) => !required.has(one)).slice(0, missing)) {
      required.add(optional);
      missing -= 1;
    }
    if (missing > room || (missing > 0 && name === undefined)) return nothing;
  }
  // A name that is written twice counts once.
  if (missing > 1) builder.lose('minProperties', schemas.find((schema) => 'minProperties' in schema) ?? {});
  let first: Expression = missing > 0 ? nothing : empty;
  let next: Expression = empty;
  if (name !== undefined) {
    const others = otherMembers(builder, sequence(name.text, valueOf(name.values)), missing, room);
    first = missing > 0 ? others.first : choice([others.first, empty]);
    next = missing > 0 ? sequence(literal(comma), others.first) : others.next;
  }
  for (const property of builder.ordered(kept, required).toReversed()) {
    const member = builder.rule(
      `member-${property}`,
      sequence(literal(`${around[0]}${spelled(property) ?? ''}${around[1]}`), valueOf(valueSchemas(schemas, property))),
    );
    const taken = sequence(member, next);
    const takenNext = sequence(literal(comma), member, next);
    first = builder.rule('first', required.has(property) ? taken : choice([taken, first]));
    next = builder.rule('next', required.has(property) ? takenNext : choice([takenNext, next]));
  }
  return sequence(literal(open), first, literal(close));
}

/** Members beside the known properties. */
interface OtherMembers {
  /** One or more of them. */
  readonly first: Expression;
  /** Any number of them, each after a comma. */
  readonly next: Expression;
}

/** Of a member: its name with what stands around it, and the schemas of its value. */
interface OtherName {
  readonly text: Expression;
  readonly values: readonly unknown[];
}

/** What is said about the value of `name`, by every schema that says something. */
export function valueSchemas(schemas: readonly Schema[], name: string): unknown[] {
  return schemas.flatMap((schema) => {
    const properties = mapOf(schema, 'properties');
    const matching = Object.entries(mapOf(schema, 'patternProperties')).filter(([pattern]) => hasMatch(pattern, name) === true);
    const named = Object.hasOwn(properties, name) ? [properties[name]] : [];
    const found = [...named, ...matching.map(([, value]) => value)];
    return found.length > 0 || schema['additionalProperties'] === undefined ? found : [schema['additionalProperties']];
  });
}

/** A name is held against a pattern or a schema several times, and each time may take a while. */
const workOfName = 10;

/** Properties that may be written at all; undefined where one that must be written may not. */
function writtenNames(
  builder: GrammarBuilder,
  schemas: readonly Schema[],
  known: ReadonlySet<string>,
  required: ReadonlySet<string>,
  root: Schema,
): string[] | undefined {
  for (const schema of schemas) {
    for (const pattern of Object.keys(mapOf(schema, 'patternProperties'))) {
      builder.weigh(known.size * workOfName);
      if (builder.pattern(pattern) === undefined || [...known].some((name) => hasMatch(pattern, name) === undefined))
        builder.lose('patternProperties', schema);
    }
    if ('propertyNames' in schema) builder.weigh(known.size * workOfName);
    if ('propertyNames' in schema && every([...known].map((name) => admits(name, schema['propertyNames'], root))) === undefined)
      builder.lose('propertyNames', schema);
  }
  const isNamed = (name: string, schema: Schema): boolean | undefined =>
    !('propertyNames' in schema) || admits(name, schema['propertyNames'], root);
  if ([...required].some((name) => schemas.some((schema) => isNamed(name, schema) === false))) return undefined;
  return [...known].filter((name) => {
    if (required.has(name)) return true;
    if (builder.notation.object.spelled(name) === undefined) return false;
    return schemas.every((schema) => isNamed(name, schema) === true) && !builder.isEndless(valueSchemas(schemas, name), root);
  });
}

/** As many of the optional ones as there is room for. */
function keptNames(written: readonly string[], required: ReadonlySet<string>, most: number): string[] {
  let room = most - required.size;
  return written.filter((name) => {
    if (required.has(name)) return true;
    room -= 1;
    return room >= 0;
  });
}

/** What comes with a property that may be written is always written: to say "only together" would multiply the rules. */
function requireDependents(schemas: readonly Schema[], known: Set<string>, required: Set<string>): void {
  const dependents = schemas.flatMap((schema) => Object.entries(mapOf(schema, 'dependentRequired')));
  for (let isGrowing = true; isGrowing;) {
    const before = required.size;
    for (const [name, more] of dependents) {
      if (!known.has(name)) continue;
      for (const dependent of list(more).filter((one) => typeof one === 'string')) {
        known.add(dependent);
        required.add(dependent);
      }
    }
    isGrowing = required.size > before;
  }
}

/** At least `least` and at most `most` of them, as `first`; any number up to `most` as `next`. */
function otherMembers(builder: GrammarBuilder, written: Expression, least: number, most: number): OtherMembers {
  const limit = Math.min(most, Math.max(builder.limits.items ?? mostOthers, least));
  const isEndless = most === Number.POSITIVE_INFINITY && builder.limits.items === undefined;
  const bound = (longest: number): { readonly most?: number } => (isEndless ? {} : { most: longest });
  const member = builder.rule('other', written);
  const more = builder.rule('more', sequence(literal(builder.notation.object.comma), member));
  return {
    first: sequence(member, { repeated: more, least: Math.max(least - 1, 0), ...bound(limit - 1) }),
    next: { repeated: more, least: 0, ...bound(limit) },
  };
}

/** GBNF writes a bounded repetition out. */
const mostOthers = 200;

/** The names of other members and the schemas of their values; undefined where there are none, or none that the schema speaks of. */
function otherName(builder: GrammarBuilder, schemas: readonly Schema[], known: ReadonlySet<string>, root: Schema): OtherName | undefined {
  if (schemas.some((schema) => Object.keys(mapOf(schema, 'dependentRequired')).some((trigger) => !known.has(trigger)))) return undefined;
  const patterned = schemas.filter((schema) => Object.keys(mapOf(schema, 'patternProperties')).length > 0);
  const rest = schemas.map((schema) => schema['additionalProperties']).filter((one) => one !== undefined);
  const names = schemas.filter((schema) => 'propertyNames' in schema).map((schema) => schema['propertyNames']);
  const { object } = builder.notation;
  if (!object.hasHeldNames && patterned.length + names.length > 0) return undefined;
  if (schemas.some((schema) => 'unevaluatedProperties' in schema && schema['additionalProperties'] === undefined)) return undefined;
  const [only, ...others] = patterned;
  if (only !== undefined) {
    const [[source, value] = ['', undefined], ...more] = Object.entries(mapOf(only, 'patternProperties'));
    const pattern = builder.pattern(source);
    if (pattern === undefined || others.length + more.length + known.size + names.length > 0) return undefined;
    const values = schemas.flatMap((schema) =>
      schema === only || schema['additionalProperties'] === undefined ? [] : [schema['additionalProperties']],
    );
    return { text: sequence(patternString(builder, pattern), afterString), values: [value, ...values] };
  }
  if (rest.includes(false)) return undefined;
  // Where other members are not spoken of, an object with properties has no others; the bundled model has none where it has a choice.
  if (known.size > 0 && (rest.length === 0 || builder.limits.items !== undefined)) return undefined;
  if (names.length > 0)
    return known.size > 0 ? undefined : { text: sequence(builder.inner([anyName, ...names], root), afterString), values: rest };
  if ([...known].join('').length > mostNameCharacters) return undefined;
  return { text: known.size === 0 ? object.free.any : freeName(builder, [...known]), values: rest };
}

const anyName: Schema = { type: 'string' };
/** Only JSON has names that are strings like any other. */
const afterString = literal(': ');

export function mapOf(schema: Schema, keyword: string): Schema {
  const map = schema[keyword];
  return isSchema(map) ? map : {};
}
