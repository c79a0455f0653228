import { describe, expect, it } from 'vitest';
import { minimalInput } from './minimal-input.ts';

describe('The smallest input', () => {
  it.each<[what: string, schema: unknown, expected: unknown]>([
    ['of an object without properties', { type: 'object' }, {}],
    ['has the required properties only', { type: 'object', properties: { a: { type: 'string' }, b: {} }, required: ['a'] }, { a: 'text' }],
    ['has a text for a required property that is not described', { type: 'object', required: ['a'] }, { a: 'text' }],
    ['is the const', { const: 'x', enum: ['y'] }, 'x'],
    ['is the default', { type: 'string', default: 'x' }, 'x'],
    ['is the first of an enum', { enum: [3, 4] }, 3],
    ['is the first example', { type: 'string', examples: ['x'] }, 'x'],
    ['is null where nothing else is allowed', { type: 'null' }, null],
    ['is not null where something else is allowed', { type: ['null', 'integer'] }, 0],
    ['is true for a boolean', { type: 'boolean' }, true],
    ['follows a reference', { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b~1c' }, 'b/c': { const: 1 } } }, 1],
    ['follows no reference to elsewhere', { $ref: 'https://example.com/schema' }, null],
    [
      'takes the first of anyOf, with what stands beside it',
      { type: 'object', required: ['a'], anyOf: [{ properties: { a: { const: 1 } } }, {}] },
      { a: 1 },
    ],
    ['takes the first of oneOf', { oneOf: [{ type: 'integer' }, { type: 'string' }] }, 0],
    [
      'joins allOf',
      {
        allOf: [{ type: 'object', properties: { a: { const: 1 } }, required: ['a'] }, { $ref: '#/$defs/b' }],
        $defs: { b: { properties: { b: { const: 2 } }, required: ['b'] } },
      },
      { a: 1, b: 2 },
    ],
    ['has as few items as allowed', { type: 'array', items: { type: 'integer' }, minItems: 2 }, [0, 0]],
    ['has the prefix items', { type: 'array', prefixItems: [{ const: 1 }, { const: 'a' }] }, [1, 'a']],
    ['is an empty array otherwise', { type: 'array' }, []],
    ['is as long as it must be', { type: 'string', minLength: 6 }, 'text..'],
    ['is as short as it must be', { type: 'string', maxLength: 2 }, 'te'],
    ['knows formats', { type: 'string', format: 'date' }, '2026-01-01'],
    ['is the least integer', { type: 'integer', minimum: 3 }, 3],
    ['is above an exclusive minimum', { type: 'integer', exclusiveMinimum: 3 }, 4],
    ['is a multiple', { type: 'integer', minimum: 5, multipleOf: 4 }, 8],
    ['is below a maximum', { type: 'integer', maximum: -3 }, -4],
    ['lies between exclusive bounds', { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 }, 0.5],
    ['is an object where only properties are given', { properties: {}, required: [] }, {}],
    ['is null for what is no schema', true, null],
  ])('%s', (_, schema, expected) => {
    expect(minimalInput(schema)).toStrictEqual(expected);
  });

  it('ends for a schema that requires itself for ever', () => {
    const schema = { type: 'object', properties: { next: { $ref: '#' } }, required: ['next'] };
    expect(JSON.stringify(minimalInput(schema)).length).toBeLessThan(1000);
  });

  it.each<[what: string, schema: unknown]>([
    ['items', { type: 'array', minItems: 1e21 }],
    ['characters', { type: 'string', minLength: 1e12 }],
    ['long strings', { type: 'array', minItems: 90_000, items: { type: 'string', minLength: 90_000 } }],
    ['of itself', { type: 'object', properties: { a: { $ref: '#' }, b: { $ref: '#' } }, required: ['a', 'b'] }],
  ])('stays small where the schema demands too much: %s', (_what, schema) => {
    expect(JSON.stringify(minimalInput(schema)).length).toBeLessThan(1_000_000);
  });

  it('takes no name of a method for a format', () => {
    expect(minimalInput({ type: 'string', format: 'constructor' })).toBe('text');
  });
});
