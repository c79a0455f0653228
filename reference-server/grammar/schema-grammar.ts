/**
 * JSON Schema to GBNF. A grammar allows no more than its schema, save where a loss is recorded; it may allow less: objects have their
 * properties in order, lists without repetition keep the schema's order, numbers have some 15 digits.
 */
import { admits } from './admits.ts';
import { arrayExpression } from './array-rule.ts';
import { flattened, speaking } from './conjunction.ts';
import { listedValues } from './disjoint.ts';
import { Exclusions, isExclusion, mayExclude } from './exclusion.ts';
import { choice, type Expression, FiniteRules, nothing, type Rule } from './expression.ts';
import { type GrammarLimits, valueRules } from './json-rules.ts';
import { literal } from './literal.ts';
import { json, type Notation } from './notation.ts';
import { integerExpression, numberExpression } from './number-rule.ts';
import { objectExpression } from './object-rule.ts';
import type { Pattern } from './pattern.ts';
import { hasTooManyPaths } from './pattern-paths.ts';
import { readPattern } from './pattern-reader.ts';
import { SchemaTooLargeError, SchemaUnsatisfiableError } from './schema-error.ts';
import { isSchema, type Schema } from './schema-shape.ts';
import { stringExpression } from './string-rule.ts';
import type { JsonType } from './types.ts';
import { unheldKeywords } from './unheld-keywords.ts';

/** Deeper than any schema that people write. */
const deepest = 64;
/** Steps of work: more than large real schemas need. Alternatives that multiply reach it soon. */
const mostSteps = 40_000;
/** Characters of a grammar: llama.cpp reads some megabytes a second. */
const mostCharacters = 1_000_000;

/** A keyword that the grammar does not keep to. */
export interface Loss {
  readonly keyword: string;
  /** The part of the request's schema that has the keyword. */
  readonly schema: Schema;
}

export interface GrammarOptions {
  /** Writes required properties before the others, both in schema order. */
  readonly isRequiredFirst?: boolean;
}

/** Collects the rules of one grammar. Schemas are told apart by identity, so the same JSON must not be parsed twice. */
export class GrammarBuilder {
  readonly limits: GrammarLimits;
  readonly losses: Loss[] = [];
  readonly #options: GrammarOptions;
  readonly #states = new Map<string, Rule>();
  readonly #open = new Set<string>();
  readonly #ids = new Map<Schema, number>();
  readonly #exclusions = new Exclusions((keyword, schema) => this.lose(keyword, schema));
  readonly #patterns = new Map<string, Pattern | undefined>();
  readonly #notations = new Set<Notation>();
  #notation = json;
  #names = 0;
  #depth = 0;
  #steps = 0;

  constructor(limits: GrammarLimits = {}, options: GrammarOptions = {}) {
    this.limits = limits;
    this.#options = options;
  }

  /** How values are spelled where the builder is at. */
  get notation(): Notation {
    return this.#notation;
  }

  /** What `write` makes, spelled in another notation. */
  spelled(notation: Notation, write: () => Expression): Expression {
    const before = this.#notation;
    this.#notations.add(notation);
    this.#notation = notation;
    try {
      return write();
    } finally {
      this.#notation = before;
    }
  }

  /** A value that a schema lists. */
  value(value: unknown): Expression {
    if (this.#notation.object.member !== undefined && isSchema(value)) return objectExpression(this, [exactly(value)], {});
    const text = this.#notation.value(value);
    return text === undefined ? nothing : literal(text);
  }

  /** The whole strings that a regular expression finds something in; undefined where no grammar should hold them. */
  pattern(source: string): Pattern | undefined {
    if (!this.#patterns.has(source)) {
      const read = readPattern(source);
      const isHeld = read !== undefined && !hasTooManyPaths(read, (steps) => this.weigh(steps));
      this.#patterns.set(source, isHeld ? read : undefined);
    }
    return this.#patterns.get(source);
  }

  /** Adds a rule and returns what refers to it. `label` only makes grammars readable. */
  rule(label: string, expression: Expression): Expression {
    return { rule: { name: this.#newName(label), expression } };
  }

  /** Records that the grammar does not keep to a keyword. */
  readonly lose = (keyword: string, schema: Schema): void => {
    this.losses.push({ keyword, schema });
  };

  /**
   * The text of the values that all of `schemas` allow. `root` is where their references point.
   *
   * @throws SchemaTooLargeError for schemas that are too deep or whose alternatives multiply.
   */
  inner(schemas: readonly unknown[], root: Schema): Expression {
    const flat = this.#flat(schemas, root);
    if (flat === undefined) return nothing;
    const key = this.#key(flat, root);
    const known = this.#states.get(key);
    if (known !== undefined) return { rule: known };
    if (this.#depth >= deepest) throw new SchemaTooLargeError(`it is more than ${deepest} levels deep`);
    const rule: Rule = { name: this.#newName('value'), expression: nothing };
    this.#states.set(key, rule);
    this.#open.add(key);
    this.#depth += 1;
    try {
      rule.expression = this.#alternatives(flat, new Set(), root);
    } finally {
      this.#depth -= 1;
      this.#open.delete(key);
    }
    return typeof rule.expression === 'string' ? rule.expression : { rule };
  }

  /** Whether, with limits, an optional value of these schemas is better left out: it would contain itself, again and again. */
  isEndless(schemas: readonly unknown[], root: Schema): boolean {
    if (this.limits.items === undefined) return false;
    const flat = this.#flat(schemas, root);
    return flat !== undefined && flat.size > 0 && this.#open.has(this.#key(flat, root));
  }

  /** Counts work. @throws SchemaTooLargeError when it is too much. */
  weigh(steps: number): void {
    this.#steps += steps;
    if (this.#steps > mostSteps) throw new SchemaTooLargeError('its alternatives multiply to more than a grammar can hold');
  }

  /** The values that `schemas` allow, where they list them. */
  values(schemas: readonly unknown[], root: Schema): readonly unknown[] | undefined {
    const flat = [...(this.#flat(schemas, root) ?? [])];
    return flat.some((schema) => 'anyOf' in schema || 'oneOf' in schema) ? undefined : this.#listed(flat, root);
  }

  /** Names of properties in the order in which they are written. */
  ordered(names: readonly string[], required: ReadonlySet<string>): readonly string[] {
    if (this.#options.isRequiredFirst !== true) return names;
    return [...names.filter((name) => required.has(name)), ...names.filter((name) => !required.has(name))];
  }

  /** The grammar's text with `root` as its first rule. @throws SchemaTooLargeError, SchemaUnsatisfiableError */
  finish(root: Expression): string {
    const finite = new FiniteRules(root);
    if (!finite.isFinite(root)) throw new SchemaUnsatisfiableError();
    const { root: first, rules } = finite.write(root);
    const spelled = [...this.#notations].map((notation) => [notation.id, notation.rules(this.limits)] as const);
    const text = [`root ::= ${first}`, ...rules, ...valueRules(this.limits), ...[...new Map(spelled).values()].flat()].join('\n');
    if (text.length > mostCharacters) throw new SchemaTooLargeError('its grammar would have more than a million characters');
    return text;
  }

  /** One alternative for each choice of branches; `chosen` names the unions that are decided. */
  #alternatives(flat: ReadonlySet<Schema>, chosen: ReadonlySet<string>, root: Schema): Expression {
    this.weigh(1 + flat.size);
    for (const schema of flat) {
      for (const keyword of ['anyOf', 'oneOf'] as const) {
        const branches = schema[keyword];
        const union = `${keyword} ${this.#id(schema)}`;
        if (!Array.isArray(branches) || chosen.has(union)) continue;
        const decided = new Set([...chosen, union]);
        const isOne = keyword === 'oneOf' && branches.length > 1;
        return choice(
          branches.map((branch: unknown, at) => {
            const others = isOne
              ? branches.filter((_other, place) => place !== at).map((other) => this.#exclusions.ofBranch(other, schema))
              : [];
            const more = this.#flat([branch, ...others], root);
            // A branch that leads back to its own union adds no value to it.
            if (more === undefined || [...more].some((one) => this.#isDecided(one, decided))) return nothing;
            return this.#alternatives(new Set([...flat, ...more]), decided, root);
          }),
        );
      }
    }
    return this.#plain([...flat], root);
  }

  #isDecided(schema: Schema, decided: ReadonlySet<string>): boolean {
    return decided.has(`anyOf ${this.#id(schema)}`) || decided.has(`oneOf ${this.#id(schema)}`);
  }

  /** Schemas without unions, or whose unions are decided. */
  #plain(all: readonly Schema[], root: Schema): Expression {
    const schemas = all.filter((schema) => !isExclusion(schema));
    const listed = this.#listed(schemas, root);
    const values = listed?.filter((value) => all.every((schema) => !('not' in schema) || admits(value, schema['not'], root) !== true));
    const others = schemas.map(withoutUnions);
    const excluding = all.filter((schema) => mayExclude(schema, others, values, root));
    if (values !== undefined) {
      for (const schema of excluding) this.#exclusions.lose(schema);
      return choice(values.map((value) => this.value(value)));
    }
    const left = this.#exclusions.leaveOut(excluding, schemas);
    if (left === undefined) return nothing;
    const { types, absent } = left;
    const kept = absent.length === 0 ? schemas : [...schemas, { properties: Object.fromEntries(absent.map((name) => [name, false])) }];
    for (const [keyword, schema] of unheldKeywords(schemas, types, root)) this.lose(keyword, schema);
    return choice([...types].map((type) => this.#typed(type, kept, root)));
  }

  #typed(type: JsonType | undefined, schemas: readonly Schema[], root: Schema): Expression {
    switch (type) {
      case 'object':
        return objectExpression(this, schemas, root);
      case 'array':
        return arrayExpression(this, schemas, root);
      case 'string':
        return stringExpression(this, schemas);
      case 'integer':
        return integerExpression(schemas, this.lose);
      case 'number':
        return numberExpression(schemas, this.lose);
      case 'boolean':
        return 'boolean';
      case 'null':
        return 'null';
      case undefined:
        return this.#notation.any;
    }
  }

  #listed(schemas: readonly Schema[], root: Schema): readonly unknown[] | undefined {
    // What a schema says beside its list is looked at, but not its unions: their branches are among the schemas.
    const plain = schemas.map((schema) => withoutUnions(schema));
    const values = listedValues(plain, root);
    if (values === undefined) return undefined;
    for (const [at, schema] of plain.entries()) {
      if (values.some((value) => admits(value, schema, root) === undefined)) this.lose(unreadKeyword(schema), schemas[at] ?? schema);
    }
    return values;
  }

  #flat(schemas: readonly unknown[], root: Schema): Set<Schema> | undefined {
    return flattened(schemas, root, this.lose, () => this.weigh(1));
  }

  #key(flat: ReadonlySet<Schema>, root: Schema): string {
    return [this.#notation.id, this.#id(root), ...[...flat].map((schema) => this.#id(schema)).toSorted((left, right) => left - right)].join(
      ' ',
    );
  }

  #id(schema: Schema): number {
    const known = this.#ids.get(schema) ?? this.#ids.size;
    this.#ids.set(schema, known);
    return known;
  }

  #newName(label: string): string {
    this.#names += 1;
    return `${label.replaceAll(/[^A-Za-z0-9]+/gu, '-').slice(0, 40)}-${this.#names}`;
  }
}

/** The schema of one object, whose members a notation spells each in its own way. */
function exactly(value: Schema): Schema {
  const properties = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, { const: inner }]));
  return { properties, required: Object.keys(value), additionalProperties: false };
}

function withoutUnions(schema: Schema): Schema {
  const { anyOf: _any, oneOf: _one, not: _not, ...rest } = schema;
  return rest;
}

function unreadKeyword(schema: Schema): string {
  return speaking(schema).find((keyword) => keyword !== 'enum' && keyword !== 'const' && keyword !== 'type') ?? 'enum';
}
