/**
 * JSON Schema to GBNF. Objects have their properties in schema order, required ones always, others freely; additional ones never.
 * What a grammar cannot say (patterns, formats, wide numeric bounds, `not`) is left out, so the grammar may allow more than the schema.
 */
import { arrayExpression } from './array-rule.ts';
import { anyValue, type GrammarLimits, valueRules } from './json-rules.ts';
import { literal, spacedJson } from './literal.ts';
import { integerExpression, numberExpression } from './number-rule.ts';
import { objectExpression } from './object-rule.ts';
import { isSchema, resolveReference, type Schema, withMore } from './schema-shape.ts';
import { stringExpression } from './string-rule.ts';

/** Deeper than any schema that people write: what is deeper refers to itself without end. */
const deepest = 64;
/** More than large real schemas need; a schema whose branches multiply becomes "any value" from there on. */
const mostSchemas = 20_000;

/** Collects the rules of one grammar. */
export class GrammarBuilder {
  readonly limits: GrammarLimits;
  readonly #rules: string[];
  readonly #references = new Map<Schema, string>();
  readonly #open = new Set<Schema>();
  /** Of those, the ones since which nothing was written: to come back to one of them would be left recursion, which GBNF has not. */
  #unwritten = new Set<Schema>();
  #names = 0;
  #depth = 0;
  #schemas = 0;

  constructor(limits: GrammarLimits = {}) {
    this.limits = limits;
    this.#rules = valueRules(limits);
  }

  /** Adds a rule and returns its name. `label` only makes grammars readable. */
  rule(label: string, expression: string): string {
    const name = this.#newName(label);
    this.#rules.push(`${name} ::= ${expression}`);
    return name;
  }

  #newName(label: string): string {
    this.#names += 1;
    return `${label.replaceAll(/[^A-Za-z0-9]+/gu, '-')}-${this.#names}`;
  }

  /** An expression for the JSON text of the values that `schema` allows, at least. `root` is where its references point. */
  schema(schema: unknown, root: Schema): string {
    if (!isSchema(schema) || this.#depth >= deepest || this.#schemas >= mostSchemas) return anyValue;
    this.#depth += 1;
    this.#schemas += 1;
    try {
      return this.#schema(schema, root);
    } finally {
      this.#depth -= 1;
    }
  }

  /** The same for a schema inside an object or an array, whose opening bracket stands before it. */
  innerSchema(schema: unknown, root: Schema): string {
    const outer = this.#unwritten;
    this.#unwritten = new Set();
    try {
      return this.schema(schema, root);
    } finally {
      this.#unwritten = outer;
    }
  }

  /** Whether, with limits, an optional value of this schema is better left out: it would contain itself, again and again. */
  isEndless(schema: unknown, root: Schema): boolean {
    if (this.limits.items === undefined || !isSchema(schema) || typeof schema.$ref !== 'string') return false;
    const target = resolveReference(root, schema.$ref);
    return target !== undefined && this.#open.has(target);
  }

  /** The grammar's text with `root` as its first rule. */
  finish(root: string): string {
    return [`root ::= ${root}`, ...this.#rules].join('\n');
  }

  #schema(schema: Schema, root: Schema): string {
    if (typeof schema.$ref === 'string') return this.#reference(schema.$ref, root);
    if ('const' in schema) return literal(spacedJson(schema.const));
    if (Array.isArray(schema.enum) && schema.enum.length > 0) return alternatives(schema.enum.map((value) => literal(spacedJson(value))));
    if (Array.isArray(schema.allOf)) return this.schema(this.#folded(schema, schema.allOf, root), root);
    for (const keyword of ['anyOf', 'oneOf'] as const) {
      const branches = schema[keyword];
      if (Array.isArray(branches) && branches.length > 0) {
        return alternatives(branches.map((branch) => this.#branch(schema, keyword, branch, root)));
      }
    }
    if (Array.isArray(schema.type)) return alternatives(schema.type.map((type) => this.#typed({ ...schema, type }, root)));
    return this.#typed(schema, root);
  }

  #typed(schema: Schema, root: Schema): string {
    switch (schema.type ?? impliedType(schema)) {
      case 'object':
        return objectExpression(this, schema, root);
      case 'array':
        return arrayExpression(this, schema, root);
      case 'string':
        return stringExpression(schema, this.limits.characters);
      case 'integer':
        return integerExpression(schema);
      case 'number':
        return numberExpression(schema);
      case 'boolean':
        return 'boolean';
      case 'null':
        return 'null';
      case undefined:
      default:
        return anyValue;
    }
  }

  /** A branch with the keywords beside it: `{type: object, properties, anyOf: [{required: [a]}, {required: [b]}]}`. */
  #branch(schema: Schema, keyword: string, branch: unknown, root: Schema): string {
    if (!isSchema(branch)) return anyValue;
    const hasMore = Object.keys(schema).some((key) => key === 'type' || key === 'properties' || key === 'required');
    return this.schema(hasMore ? withMore(schema, keyword, dereferenced(branch, root)) : branch, root);
  }

  #folded(schema: Schema, parts: readonly unknown[], root: Schema): Schema {
    return parts.filter(isSchema).reduce<Schema>((sum, part) => withMore(sum, 'allOf', dereferenced(part, root)), schema);
  }

  /** A rule for a reference, one for each schema referred to, so that a schema may contain itself. */
  #reference(reference: string, root: Schema): string {
    const target = resolveReference(root, reference);
    if (target === undefined || this.#unwritten.has(target)) return anyValue;
    const known = this.#references.get(target);
    if (known !== undefined) return known;
    const name = this.#newName('ref');
    this.#references.set(target, name);
    this.#open.add(target);
    this.#unwritten.add(target);
    this.#rules.push(`${name} ::= ${this.schema(target, root)}`);
    this.#open.delete(target);
    this.#unwritten.delete(target);
    return name;
  }
}

function dereferenced(schema: Schema, root: Schema): Schema {
  return typeof schema.$ref === 'string' ? (resolveReference(root, schema.$ref) ?? {}) : schema;
}

function impliedType(schema: Schema): string | undefined {
  if ('properties' in schema || 'required' in schema) return 'object';
  return 'items' in schema ? 'array' : undefined;
}

function alternatives(expressions: readonly string[]): string {
  const different = [...new Set(expressions)];
  return different.length === 1 ? (different[0] ?? anyValue) : `(${different.join(' | ')})`;
}
