import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Backend } from '../../endpoint/backend.ts';
import { createLlamaBackend } from '../backend.ts';
import type { Schema } from './schema-shape.ts';

let backend: Backend & AsyncDisposable;
beforeAll(async () => {
  backend = await createLlamaBackend({ seed: 1 });
});
afterAll(() => backend[Symbol.asyncDispose]());

async function reply(schema: Schema, temperature: number): Promise<string> {
  let text = '';
  const request = {
    model: 'tiny',
    max_tokens: 4000,
    temperature,
    messages: [{ role: 'user' as const, content: 'Tell me about Paris' }],
    output_config: { format: { type: 'json_schema' as const, schema } },
  };
  for await (const event of backend.generate(request, new AbortController().signal)) if (event.type === 'text') text += event.text;
  return text;
}

const strings = (formats: readonly string[]): Schema => ({
  type: 'object',
  properties: Object.fromEntries(formats.map((format) => [format, { type: 'string', format }])),
  required: formats,
});

/** What the engine itself makes of the grammars: its own reading of them, on top of what the sampler in the tests thinks of them. */
test.each<[string, Schema]>([
  [
    'patterns',
    {
      type: 'object',
      properties: { plate: { type: 'string', pattern: '^[A-Z]{2}-\\d{3}$' }, quoted: { type: 'string', pattern: '^"[^"\\\\]{1,4}\\\\$' } },
      required: ['plate', 'quoted'],
    },
  ],
  ['formats', strings(['date', 'time', 'uuid', 'ipv4', 'ipv6', 'duration'])],
  ['names and their formats', strings(['email', 'hostname', 'uri'])],
  [
    'numbers between bounds',
    {
      type: 'object',
      properties: {
        a: { type: 'integer', minimum: -17, maximum: 120 },
        b: { type: 'number', exclusiveMinimum: 0, maximum: 1 },
        c: { type: 'integer', minimum: 10, maximum: 90, multipleOf: 10 },
      },
      required: ['a', 'b', 'c'],
    },
  ],
  [
    'alternatives told apart',
    {
      oneOf: [
        { type: 'object', properties: { kind: { const: 'city' }, size: { type: 'integer' } }, required: ['kind', 'size'] },
        { type: 'object', properties: { kind: { const: 'river' } }, required: ['kind'] },
      ],
    },
  ],
  [
    'leading items',
    { type: 'array', prefixItems: [{ type: 'boolean' }, { enum: ['x', 'y'] }], items: { type: 'integer' }, minItems: 3, maxItems: 4 },
  ],
  [
    'other members',
    { type: 'object', properties: { name: { type: 'integer' } }, required: ['name'], additionalProperties: { type: 'boolean' } },
  ],
  ['a map', { type: 'object', additionalProperties: { type: 'integer', minimum: 0 }, propertyNames: { maxLength: 4 }, minProperties: 1 }],
  ['distinct items', { type: 'array', items: { enum: ['a', 'b', 'c'] }, uniqueItems: true, minItems: 2 }],
  [
    'parts that all hold',
    {
      allOf: [
        { type: 'object', properties: { a: { minimum: 3 } }, required: ['a'] },
        { properties: { a: { type: 'integer', maximum: 5 } } },
      ],
    },
  ],
])('the bundled model keeps to %s', async (_title, schema) => {
  const isValid = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
  for (const temperature of [0, 1, 4]) {
    const text = await reply(schema, temperature);
    const value: unknown = JSON.parse(text);
    expect({ text, isValid: isValid(value) }).toEqual({ text, isValid: true });
  }
});
