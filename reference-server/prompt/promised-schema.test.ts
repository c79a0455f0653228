import { describe, expect, test } from 'vitest';
import type { CountTokensRequest } from '../../spec/index.ts';
import type { Schema } from '../grammar/schema-shape.ts';
import { refuseUnheldTools, replyFormat } from './promised-schema.ts';

function read(schema: Schema): Schema | undefined {
  const request: CountTokensRequest = {
    model: 'tiny',
    messages: [{ role: 'user', content: 'x' }],
    output_config: { format: { type: 'json_schema', schema } },
  };
  return replyFormat(request);
}

describe('a format is refused by the keyword that no grammar holds', () => {
  test.each<[string, Schema]>([
    ['properties.a.pattern', { type: 'object', properties: { a: { type: 'string', pattern: '(?=x)' } } }],
    ['$defs.x.format', { $ref: '#/$defs/x', $defs: { x: { type: 'string', format: 'regex' } } }],
    ['items.anyOf.1.not', { type: 'array', items: { anyOf: [{ type: 'null' }, { type: 'string', not: { maxLength: 2 } }] } }],
    ['properties.list.uniqueItems', { properties: { list: { type: 'array', items: { type: 'string' }, uniqueItems: true } } }],
    ['oneOf', { oneOf: [{ type: 'string' }, { type: 'string', maxLength: 2 }] }],
  ])('%s', (place, schema) => {
    expect(() => read(schema)).toThrow(
      expect.objectContaining({
        status: 400,
        message: `output_config.format.schema.${place}: this server cannot hold the model to this keyword`,
      }),
    );
  });
});

test.each<[string, Schema, string]>([
  ['nothing follows', { type: 'object', properties: { a: { $ref: '#' } }, required: ['a'] }, 'no value follows it'],
  [
    'has no end',
    Array.from({ length: 500 }).reduce<Schema>((items) => ({ type: 'array', items }), { type: 'null' }),
    'it is more than 64 levels deep',
  ],
])('a format that %s is refused as a whole', (_title, schema, reason) => {
  expect(() => read(schema)).toThrow(
    expect.objectContaining({
      status: 400,
      message: `output_config.format.schema: this server cannot hold the model to this schema: ${reason}`,
    }),
  );
});

test.each<[string, Schema]>([
  ['a format of strings', { type: 'string', format: 'date-time' }],
  ['a pattern', { type: 'string', pattern: '^[A-Z]{3}$' }],
  ['a keyword in a definition that nothing refers to', { type: 'null', $defs: { x: { type: 'string', pattern: '(?=x)' } } }],
  ['alternatives of different kinds', { oneOf: [{ type: 'string' }, { type: 'null' }] }],
])('%s is held', (_title, schema) => {
  expect(read(schema)).toBe(schema);
});

test('only strict tools are looked at', () => {
  const tool = { name: 'a', input_schema: { type: 'object', properties: { b: { type: 'string', pattern: '(?=x)' } } } } as const;
  expect(() => refuseUnheldTools([tool], true)).not.toThrow();
  expect(() => refuseUnheldTools([{ ...tool, strict: true }], true)).toThrow(
    'tools.0.input_schema.properties.b.pattern: this server cannot hold the model to this keyword',
  );
});
