import { expect, test } from 'vitest';
import { completeTool } from './complete-tool.ts';

const shown = (schema: unknown, definitions: object = {}): unknown => {
  const parameters = { type: 'object', properties: { it: schema }, ...definitions };
  const { parameters: completed } = completeTool({ type: 'function', function: { name: 'do_it', parameters } }).function;
  return (completed as { properties: { it: unknown } }).properties.it;
};

test('a tool that says nothing of itself', () => {
  expect(completeTool({ type: 'function', function: { name: 'stop', parameters: {} } })).toEqual({
    type: 'function',
    function: { name: 'stop', description: '', parameters: { type: 'object', description: '', properties: {} } },
  });
});

test.each<[schema: unknown, type: string]>([
  [true, 'string'],
  [{}, 'string'],
  [{ type: ['null', 'integer'] }, 'integer'],
  [{ anyOf: [{ type: 'null' }, { type: 'number' }] }, 'number'],
  [{ oneOf: [{ $ref: '#/$defs/place' }] }, 'object'],
  [{ $ref: '#/$defs/place' }, 'object'],
  [{ $ref: '#/$defs/none' }, 'string'],
  [{ $ref: 'https://example.com/place' }, 'string'],
  [{ enum: [null, 1] }, 'number'],
  [{ const: true }, 'boolean'],
  [{ const: [1] }, 'array'],
  [{ properties: {} }, 'object'],
  [{ items: {} }, 'array'],
])('%j has the type %s', (schema, type) => {
  const definitions = { $defs: { place: { type: 'object', properties: { city: { type: 'string' } } } } };
  expect(shown(schema, definitions)).toMatchObject({ type, description: '' });
});

test('what a schema says stays, also within arguments and lists', () => {
  const schema = { type: 'array', description: 'Some', items: { properties: { a: { enum: ['x'] } } } };
  expect(shown(schema)).toEqual({
    type: 'array',
    description: 'Some',
    items: { type: 'object', description: '', properties: { a: { type: 'string', description: '', enum: ['x'] } } },
  });
});

test('a schema that contains itself comes to an end', () => {
  const node = { type: 'object', properties: { next: { $ref: '#/$defs/node' } } };
  expect(JSON.stringify(shown({ $ref: '#/$defs/node' }, { $defs: { node } })).length).toBeLessThan(2000);
});
