import { beforeAll, describe, expect, test } from 'vitest';
import { type Engine, loadEngine } from '../engine.ts';
import { SchemaTooLargeError, SchemaUnsatisfiableError } from './schema-error.ts';
import { GrammarBuilder } from './schema-grammar.ts';
import type { Schema } from './schema-shape.ts';
import { GbnfSampler, seeded } from './gbnf-sampler.fixture.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine(1);
});

function grammar(schema: Schema, builder: GrammarBuilder = new GrammarBuilder()): string {
  return builder.finish(builder.inner([schema], schema));
}

/** The rule of the whole schema. */
function root(schema: Schema): string {
  const lines = grammar(schema).split('\n');
  const first = lines[0]?.replace('root ::= ', '') ?? '';
  if (!/^value-\d+$/u.test(first)) return first;
  return lines.find((line) => line.startsWith(`${first} ::= `))?.replace(`${first} ::= `, '') ?? first;
}

/** Different texts of a grammar that has only a few. */
function texts(schema: Schema): string[] {
  const sampler = new GbnfSampler(grammar(schema));
  const random = seeded(1);
  return [...new Set(Array.from({ length: 200 }, () => sampler.sample(random)))].toSorted((left, right) => (left < right ? -1 : 1));
}

function lost(schema: Schema): string[] {
  const builder = new GrammarBuilder();
  builder.inner([schema], schema);
  return builder.losses.map(({ keyword }) => keyword);
}

describe('rules', () => {
  test.each<[string, Schema, string]>([
    ['a string', { type: 'string' }, 'string'],
    ['a string of bounded length', { type: 'string', minLength: 2, maxLength: 5 }, String.raw`"\"" char{2,5} "\""`],
    ['an enum', { enum: ['a', 1, null] }, String.raw`("\"a\"" | "1" | "null")`],
    ['a constant', { const: { a: [1] } }, String.raw`"{\"a\": [1]}"`],
    ['a small range', { type: 'integer', minimum: 1, exclusiveMaximum: 4 }, '[1-3]'],
    ['a range on both sides of zero', { type: 'integer', minimum: -5, maximum: 12 }, '("-" [1-5] | "0" | [1-9] | "1" [0-2])'],
    ['several types', { type: ['string', 'null'] }, '(string | null)'],
    ['alternatives', { anyOf: [{ type: 'boolean' }, { type: 'integer' }] }, '(boolean | integer)'],
    ['no keyword at all', {}, 'value'],
    ['a type that does not exist', { type: 'date' }, 'value'],
    ['a schema that is nothing but itself', { $ref: '#' }, 'value'],
    ['a pattern', { type: 'string', pattern: '^[A-C]{2}-(x|y)?$' }, String.raw`"\"" [A-C]{2,2} "-" part-2{0,1} "\""`],
    ['a pattern with a length', { type: 'string', pattern: '^[a-z]+$', maxLength: 3 }, String.raw`"\"" [a-z]{1,3} "\""`],
    ['an array', { type: 'array', items: { type: 'null' }, maxItems: 2 }, '"[" (item-3 more-4{0,1} | "") "]"'],
  ])('%s', (_title, schema, expected) => {
    expect(root(schema)).toBe(expected);
  });

  test.each<[string, Schema, string]>([
    ['a string', { minLength: 12 }, 'char{12,12}'],
    ['a string with both bounds', { minLength: 12, maxLength: 20 }, 'char{12,12}'],
    ['a string of fewer characters', { minLength: 3 }, 'char{3,8}'],
    ['a pattern', { pattern: '^[a-z]{12,}$' }, '[a-z]{12,12}'],
    ['a list', { type: 'array', items: { type: 'null' }, minItems: 5 }, 'more-4{4,4}'],
    ['a map', { type: 'object', additionalProperties: { type: 'null' }, minProperties: 5 }, 'more-4{4,4}'],
  ])('with limits, what the schema asks for is written in any case: %s', (_title, schema, expected) => {
    const whole = schema['type'] === undefined ? { type: 'string', ...schema } : schema;
    expect(grammar(whole, new GrammarBuilder({ characters: 8, items: 2 }))).toContain(expected);
  });

  test('a schema that contains itself refers to its own rule', () => {
    const text = grammar({ $ref: '#/$defs/node', $defs: { node: { type: 'object', properties: { next: { $ref: '#/$defs/node' } } } } });
    expect(text).toMatch(/^root ::= value-1$/mu);
    expect(text).toMatch(/member-next-\d+ ::= "\\"next\\": " value-1/u);
  });
});

describe('texts', () => {
  const flag = { type: 'null' } as const;
  test.each<[string, Schema, string[]]>([
    ['optional properties', { properties: { a: flag, b: flag }, required: ['b'] }, ['{"a": null, "b": null}', '{"b": null}']],
    [
      'allOf of objects',
      { allOf: [{ properties: { a: flag } }, { properties: { b: { const: 1 } }, required: ['a', 'b'] }] },
      ['{"a": null, "b": 1}'],
    ],
    [
      'allOf on one property',
      { allOf: [{ properties: { a: { enum: [1, 2] } } }, { properties: { a: { enum: [2, 3] } } }], required: ['a'] },
      ['{"a": 2}'],
    ],
    ['an enum beside a type', { enum: ['a', 1, 2], type: 'integer', minimum: 2 }, ['2']],
    [
      'anyOf beside properties',
      { properties: { a: flag, b: flag }, anyOf: [{ required: ['a'] }, { required: ['b'] }] },
      ['{"a": null, "b": null}', '{"a": null}', '{"b": null}'],
    ],
    [
      'oneOf beside properties',
      { properties: { a: flag, b: flag }, oneOf: [{ required: ['a'] }, { required: ['b'] }] },
      ['{"a": null}', '{"b": null}'],
    ],
    [
      'a closed object that requires what it does not have',
      { anyOf: [{ type: 'null' }, { properties: {}, required: ['a'], additionalProperties: false }] },
      ['null'],
    ],
    ['definitions of draft 7', { $ref: '#/definitions/a~1b', definitions: { 'a/b': { const: 1 } } }, ['1']],
    ['a circle that holds something', { $ref: '#/$defs/x', $defs: { x: { anyOf: [{ $ref: '#/$defs/x' }, { const: 'end' }] } } }, ['"end"']],
    ['leading items', { prefixItems: [{ const: 1 }, { const: 2 }], minItems: 1, items: false }, ['[1, 2]', '[1]']],
    [
      'at least one property',
      { properties: { a: flag, b: flag }, minProperties: 1 },
      ['{"a": null, "b": null}', '{"a": null}', '{"b": null}'],
    ],
    ['at most one property', { properties: { a: flag, b: flag }, maxProperties: 1 }, ['{"a": null}', '{}']],
    [
      'items without repetition',
      { type: 'array', uniqueItems: true, items: { enum: ['a', 'b'] }, minItems: 1 },
      ['["a", "b"]', '["a"]', '["b"]'],
    ],
    ['dependents', { properties: { a: flag, b: flag }, dependentRequired: { a: ['b'] } }, ['{"a": null, "b": null}', '{"b": null}']],
    ['multiples', { type: 'integer', minimum: -3, maximum: 7, multipleOf: 3 }, ['-3', '0', '3', '6']],
    [
      'names of a pattern',
      { patternProperties: { '^x$': { const: 1 } }, additionalProperties: false, minProperties: 1, maxProperties: 1 },
      ['{"x": 1}'],
    ],
    ['what is not allowed', { enum: [1, 2, 3], not: { maximum: 2 } }, ['3']],
    ['types that are not allowed', { type: ['boolean', 'null'], not: { type: 'boolean' } }, ['null']],
  ])('%s', (_title, schema, expected) => {
    expect(lost(schema)).toEqual([]);
    expect(texts(schema)).toEqual(expected);
  });

  test.each<[string, Schema]>([
    ['false', { allOf: [false] }],
    ['types that exclude each other', { allOf: [{ type: 'string' }, { type: 'null' }] }],
    ['endless nesting', { type: 'object', properties: { next: { $ref: '#' } }, required: ['next'] }],
    ['bounds that cross', { type: 'integer', minimum: 2, maximum: 1 }],
  ])('none at all: %s', (_title, schema) => {
    expect(() => grammar(schema)).toThrow(SchemaUnsatisfiableError);
  });

  test('with limits, what would contain itself without end is left out', () => {
    const node = { type: 'object', properties: { next: { $ref: '#/$defs/node' }, v: { type: 'null' } } };
    expect(grammar({ $ref: '#/$defs/node', $defs: { node } }, new GrammarBuilder({ items: 3 }))).not.toContain('next\\"');
  });
});

describe('losses', () => {
  test.each<[string, Schema]>([
    ['pattern', { type: 'string', pattern: '(?=a)' }],
    ['pattern', { type: 'string', pattern: '^a(b|cd)*$', maxLength: 4 }],
    ['pattern', { type: 'string', pattern: '^(?:[a-z]{1,500}|[a-f]{1,500}){1,500}$' }],
    ['pattern', { type: 'string', pattern: '^(.*){1,30}x$' }],
    ['patternProperties', { type: 'object', patternProperties: { '^(.?){800}b$': {} } }],
    ['format', { type: 'string', format: 'regex' }],
    ['format', { type: 'string', format: 'date', pattern: '^2' }],
    ['minLength', { type: 'string', minLength: 5000 }],
    ['not', { type: 'string', not: { minLength: 3 } }],
    ['oneOf', { oneOf: [{ type: 'integer' }, { type: 'number' }] }],
    [
      'unevaluatedProperties',
      { type: 'object', properties: { a: {} }, allOf: [{ dependentRequired: { a: ['b'] } }], unevaluatedProperties: false },
    ],
    ['if', { if: { type: 'string' }, else: { minimum: 1 } }],
    ['contains', { type: 'array', contains: { type: 'null' } }],
    ['uniqueItems', { type: 'array', uniqueItems: true, items: { type: 'integer' } }],
    ['multipleOf', { type: 'number', multipleOf: 0.3 }],
    ['$ref', { $ref: 'https://example.com/schema' }],
    ['$ref', { $ref: '#/%' }],
  ])('%s', (keyword, schema) => {
    expect(new Set(lost(schema))).toEqual(new Set([keyword]));
  });

  test.each<[string, Schema]>([
    ['a title', { type: 'string', title: 'x', description: 'y', default: 'z' }],
    ['a format that only people read', { type: 'string', format: 'password' }],
    ['alternatives of different types', { oneOf: [{ type: 'string' }, { type: 'null' }] }],
    [
      'alternatives that a constant tells apart',
      { oneOf: ['a', 'b'].map((kind) => ({ type: 'object', properties: { kind: { const: kind } }, required: ['kind'] })) },
    ],
  ])('none: %s', (_title, schema) => {
    expect(lost(schema)).toEqual([]);
  });
});

describe('size', () => {
  const deep = (levels: number): Schema => (levels === 0 ? {} : { type: 'array', items: deep(levels - 1) });
  const cross = (ways: number): Schema => ({
    allOf: Array.from({ length: ways }, (_, at) => ({ anyOf: [0, 1, 2].map((way) => ({ properties: { [`p${at}${way}`]: {} } })) })),
  });
  test.each<[string, Schema, string]>([
    ['too deep', deep(2000), 'more than 64 levels deep'],
    ['alternatives that multiply', cross(20), 'alternatives multiply'],
    ['endless branches', { type: 'object', properties: {}, anyOf: [{ $ref: '#' }, { $ref: '#' }, { $ref: '#' }] }, 'no value follows it'],
    ['too many values', { enum: Array.from({ length: 5000 }, (_, at) => at) }, 'more than 3000 values'],
    ['a long text', { enum: Array.from({ length: 2000 }, (_, at) => `${at}${'x'.repeat(1000)}`) }, 'more than a million characters'],
    [
      'a wide tree',
      {
        $ref: '#/$defs/d0',
        $defs: Object.fromEntries(
          Array.from({ length: 30 }, (_, at) => [
            `d${at}`,
            {
              allOf: [
                { anyOf: [{ $ref: `#/$defs/d${at + 1}` }, { $ref: `#/$defs/d${at + 1}` }] },
                { anyOf: [{ $ref: `#/$defs/d${at + 1}` }, { $ref: `#/$defs/d${at + 1}` }] },
              ],
            },
          ]),
        ),
      },
      '',
    ],
  ])('%s is refused, in bounded time', (_title, schema, message) => {
    const start = performance.now();
    expect(() => grammar(schema)).toThrow(message);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  test('the error says what it is', () => {
    expect(() => grammar(deep(100))).toThrow(SchemaTooLargeError);
  });
});

describe('llama.cpp takes the grammar of', () => {
  test.each<[string, Schema]>([
    [
      'every keyword of an agent at once',
      {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        type: 'object',
        properties: {
          'a b"c\n': { type: 'string', pattern: '^x[^"\\\\]+\\]?$', format: 'date' },
          list: {
            type: 'array',
            items: { allOf: [{ type: 'object', properties: { a: { type: 'number', minimum: 0 } } }, { required: ['a'] }] },
            minItems: 2,
            maxItems: 3,
          },
          map: { type: 'object', additionalProperties: { type: 'string' }, propertyNames: { minLength: 1 } },
          open: { type: 'object', properties: { néé: {}, 'n"': {} }, additionalProperties: true },
          not: { not: { type: 'string' } },
          pair: { prefixItems: [{ type: 'string' }, { type: 'integer' }] },
          none: false,
        },
        required: ['list', 'unlisted'],
      },
    ],
    ...['date', 'time', 'date-time', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uuid', 'uri'].map((format): [string, Schema] => [
      `the format ${format}`,
      { type: 'string', format },
    ]),
    ['a number between bounds', { type: 'number', exclusiveMinimum: -0.5, maximum: 1234.25 }],
    ['a long string', { type: 'string', maxLength: 100_000 }],
    [
      'a long array',
      { type: 'array', items: { type: 'array', items: { type: 'string', maxLength: 2000 }, maxItems: 2000 }, maxItems: 2000 },
    ],
    ['repeated repetition', { type: 'string', pattern: '^(?:(?:[a-z]{1,9}-){1,9};){1,9}$' }],
    [
      'a thousand optional properties',
      { properties: Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`p${at}`, { type: 'null' }])) },
    ],
    ['three thousand choices', { enum: Array.from({ length: 3000 }, (_, index) => `choice ${index}`) }],
  ])('%s', async (_title, schema) => {
    await expect(engine.llama.createGrammar({ grammar: grammar(schema) })).resolves.toBeDefined();
  });
});
