import { beforeAll, expect, test } from 'vitest';
import { loadEngine, type Engine } from '../engine.ts';
import { GrammarBuilder } from './schema-grammar.ts';
import type { Schema } from './schema-shape.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine(1);
});

function grammar(schema: Schema): string {
  const builder = new GrammarBuilder();
  return builder.finish(builder.schema(schema, schema));
}

/** The first rule, which is the schema's own. */
const root = (schema: Schema): string => grammar(schema).split('\n', 1)[0] ?? '';

test.each<[string, Schema, string]>([
  ['a string', { type: 'string' }, 'root ::= string'],
  ['a string of bounded length', { type: 'string', minLength: 2, maxLength: 5 }, 'root ::= "\\"" char{2,5} "\\""'],
  ['an enum', { enum: ['a', 1, null] }, 'root ::= ("\\"a\\"" | "1" | "null")'],
  ['a constant', { const: { a: [1] } }, 'root ::= "{\\"a\\": [1]}"'],
  ['a small range', { type: 'integer', minimum: 1, exclusiveMaximum: 4 }, 'root ::= ("1" | "2" | "3")'],
  ['several types', { type: ['string', 'null'] }, 'root ::= (string | null)'],
  ['alternatives', { anyOf: [{ type: 'boolean' }, { type: 'integer' }] }, 'root ::= (boolean | integer)'],
  ['no keyword at all', {}, 'root ::= value'],
  ['a type that does not exist', { type: 'date' }, 'root ::= value'],
  ['a reference that leads nowhere', { $ref: 'https://example.com/schema' }, 'root ::= value'],
  ['an object without properties', { type: 'object' }, 'root ::= "{" "" "}"'],
])('%s', (_title, schema, expected) => {
  expect(root(schema)).toBe(expected);
});

test('a schema that contains itself refers to its own rule', () => {
  const text = grammar({ $ref: '#/$defs/node', $defs: { node: { type: 'object', properties: { next: { $ref: '#/$defs/node' } } } } });
  expect(text).toContain('root ::= ref-1');
  expect(text).toMatch(/member-next-\d+ ::= "\\"next\\": " ref-1/u);
});

test('a schema that is nothing but itself allows everything', () => {
  expect(root({ $ref: '#' })).toBe('root ::= ref-1');
  expect(grammar({ $ref: '#' })).toContain('ref-1 ::= value');
  expect(grammar({ anyOf: [{ $ref: '#' }, { type: 'null' }], $ref: '#' })).toContain('ref-1 ::= value');
});

test('with limits, what would contain itself without end is left out', () => {
  const schema = {
    $ref: '#/$defs/node',
    $defs: { node: { type: 'object', properties: { next: { $ref: '#/$defs/node' }, v: { type: 'null' } } } },
  };
  const builder = new GrammarBuilder({ items: 3 });
  expect(builder.finish(builder.schema(schema, schema))).not.toContain('next\\"');
});

test.each<[string, Schema]>([
  [
    'every keyword of an agent at once',
    {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: {
        'a b"c\n': { type: 'string', pattern: '^x', format: 'date' },
        list: {
          type: 'array',
          items: { allOf: [{ type: 'object', properties: { a: { type: 'number', minimum: 0 } } }, { required: ['a'] }] },
          minItems: 2,
          maxItems: 3,
        },
        map: { type: 'object', additionalProperties: { type: 'string' }, propertyNames: { minLength: 1 } },
        not: { not: { type: 'string' } },
        pair: { prefixItems: [{ type: 'string' }, { type: 'integer' }] },
        none: false,
      },
      required: ['list', 'unlisted'],
    },
  ],
  ['no properties, required of nothing', { type: 'object', required: ['a'] }],
  ['the most items: one', { type: 'array', maxItems: 1, items: { type: 'null' } }],
  ['the most items: none', { type: 'array', maxItems: 0 }],
  ['three hundred choices', { enum: Array.from({ length: 300 }, (_, index) => `choice ${index}`) }],
])('llama.cpp takes the grammar of %s', async (_title, schema) => {
  await expect(engine.llama.createGrammar({ grammar: grammar(schema) })).resolves.toBeDefined();
});

test('a schema whose branches multiply without end becomes a grammar of bounded size', () => {
  const schema: Schema = { type: 'object', properties: {}, anyOf: [{ $ref: '#' }, { $ref: '#' }, { $ref: '#' }] };
  expect(grammar(schema).length).toBeLessThan(5_000_000);
});
