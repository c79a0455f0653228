import { globSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { isJsonObject, type JsonObject } from '../json.ts';

/** Schemas of this project's own documents, which stand apart from those of the wire. */
const ownDocuments = new Set([
  'baseline.json',
  'client-profile.json',
  'config.json',
  'mock-script.json',
  'run-record.json',
  'target-profile.json',
]);

const folder = import.meta.dirname;
const files = globSync('*.json', { cwd: folder })
  .filter((file) => !ownDocuments.has(file))
  .toSorted();

function read(file: string): JsonObject {
  const schema: unknown = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'));
  if (!isJsonObject(schema)) throw new Error(`${file} is no object`);
  return schema;
}

const schemas = new Map(files.map((file) => [file, read(file)]));

/** Every `$ref` in a schema. */
function refsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(refsIn);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => (key === '$ref' && typeof item === 'string' ? [item] : refsIn(item)));
}

test('every schema is named by its file, and says in words what it is', () => {
  expect(files.length).toBeGreaterThan(100);
  for (const [file, schema] of schemas) {
    expect(schema['$id']).toBe(file);
    expect(schema['$schema']).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(schema['title']).toMatch(/^[A-Z][A-Za-z0-9]+$/);
    expect(schema['description']).toMatch(/^[A-Z].*\.$/);
  }
  expect(new Set([...schemas.values()].map(({ title }) => title)).size).toBe(files.length);
});

test('every property is described by one sentence', () => {
  for (const [file, { properties }] of schemas) {
    if (!isJsonObject(properties)) continue;
    for (const [name, property] of Object.entries(properties)) {
      const described = isJsonObject(property) ? property['description'] : undefined;
      expect(`${file} ${name}: ${String(described)}`).toMatch(/: [A-Z].*\.$/);
    }
  }
});

test('every reference leads to a file, and every file is led to or public', () => {
  const referred = new Set([...schemas.values()].flatMap(refsIn));
  for (const ref of referred) expect(files).toContain(ref);
  expect(files.filter((file) => !referred.has(file))).toEqual([
    'count-tokens-request.json',
    'count-tokens.json',
    'messages-request.json',
    'models-list.json',
    'stream-event.json',
  ]);
});

test('the schemas work as they are in a standard validator', () => {
  const ajv = new Ajv2020({ strict: false });
  for (const [file, schema] of schemas) ajv.addSchema(schema, file);
  const request = ajv.getSchema('messages-request.json');
  const content = [{ type: 'text', text: 'hi', cache_control: null }];
  expect(
    request?.({
      model: 'm',
      max_tokens: 1,
      messages: [{ role: 'user', content }],
      tools: [{ name: 'a', input_schema: { type: 'object' } }],
    }),
  ).toBe(true);
  expect(request?.({ model: 'm', max_tokens: 1, messages: [{ role: 'user', content: [{ type: 'text' }] }] })).toBe(false);
  const usage = ajv.getSchema('usage.json');
  expect(usage?.({ input_tokens: 1, output_tokens: 1, added_later: true })).toBe(true);
});
