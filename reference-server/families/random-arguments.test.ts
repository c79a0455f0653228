// The families whose arguments are no JSON hold calls to the schema of the tool too: what their grammars write is valid as their readers read it.
import { Ajv2020 } from 'ajv/dist/2020.js';
import { assert, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GbnfSampler, seeded } from '../grammar/gbnf-sampler.fixture.ts';
import type { GrammarLimits } from '../grammar/json-rules.ts';
import { judged } from '../grammar/random-schemas.fixture.ts';
import { SchemaError } from '../grammar/schema-error.ts';
import { GrammarBuilder } from '../grammar/schema-grammar.ts';
import type { Schema } from '../grammar/schema-shape.ts';
import { schemas } from '../grammar/schemas.fixture.ts';
import { argumentsExpression, callGrammar } from '../grammar/tool-grammar.ts';
import { argumentReader } from '../output/argument-reader.ts';
import type { CallSyntax } from './family.ts';
import { gemma } from './gemma.ts';
import { glm, glmLines } from './glm.ts';
import { minimax } from './minimax.ts';
import { qwenXml } from './qwen-xml.ts';

const samples = 6;
/** The same schemas each time. */
const seed = 400;

/** Schemas with references only make sense where they stand; others may be those of an argument. */
function toolSchema(schema: Schema): Schema {
  if (JSON.stringify(schema).includes('"$ref"')) return schema;
  return { type: 'object', properties: { x: schema, after: { type: 'string' } }, required: ['x'], additionalProperties: false };
}

/** One call, not a list of calls. */
function single({ between: _between, ...calls }: CallSyntax): CallSyntax {
  return calls;
}

function isHeld(schema: Schema, calls: CallSyntax, limits: GrammarLimits): boolean {
  const builder = new GrammarBuilder(limits);
  try {
    builder.finish(argumentsExpression(builder, schema, calls));
    return builder.losses.length === 0;
  } catch (error) {
    if (error instanceof SchemaError) return false;
    throw error;
  }
}

function read(written: string, calls: CallSyntax, schema: Schema): unknown {
  const reader = argumentReader(calls, schema);
  const json = Array.from(written, (piece) => reader.push(piece)).join('');
  expect({ written, isDone: reader.isDone, isRefused: reader.isRefused }).toEqual({ written, isDone: true, isRefused: false });
  return JSON.parse(json);
}

describe.each([gemma, qwenXml, glm, glmLines, minimax])('$name', ({ calls }) => {
  test.each<[title: string, limits: GrammarLimits]>([
    ['without limits', {}],
    ['with the limits of the bundled model', { characters: 160, items: 6 }],
  ])('whatever the schema, what its grammar writes is valid: %s', (_title, limits) => {
    let [held, all] = [0, 0];
    assert(
      property(schemas, integer(), (inner, start) => {
        const schema = toolSchema(inner);
        all += 1;
        if (!isHeld(schema, calls, limits)) return;
        held += 1;
        const ajv = new Ajv2020({ strict: false, meta: false, validateSchema: false, validateFormats: false, logger: false });
        const isValid = ajv.compile(schema);
        const sampler = new GbnfSampler(
          callGrammar([{ name: 'look', input_schema: { ...schema, type: 'object' } }], single(calls), 'arguments', { limits }),
        );
        const random = seeded(start);
        for (let count = 0; count < samples; count += 1) {
          const written = sampler.sample(random);
          const value = read(written, calls, schema);
          if (!judged(isValid, value)) throw new Error(`${written} is read as ${JSON.stringify(value)}: ${ajv.errorsText(isValid.errors)}`);
        }
      }),
      { numRuns: 250, seed },
    );
    expect(held).toBeGreaterThan(all / 4);
  });

  test.each<[means: string, schema: Schema]>([
    ['string', { maxLength: 2 }],
    ['number', { minimum: 5 }],
    ['object', { required: ['a'] }],
    ['string', { enum: ['12', 'true', '{}'] }],
  ])('a keyword that makes sense for a %s means that: %j', (means, x) => {
    const schema = { type: 'object', properties: { x }, required: ['x'] } as const;
    const sampler = new GbnfSampler(
      callGrammar([{ name: 'look', input_schema: { ...schema, required: ['x'] } }], single(calls), 'arguments'),
    );
    for (let start = 0; start < 20; start += 1)
      expect(read(sampler.sample(seeded(start)), calls, schema)).toEqual({
        x: expect.any({ string: String, number: Number, object: Object }[means]) as unknown,
      });
  });

  test.each<[title: string, schema: Schema, value: unknown]>([
    ['a constant', { const: { x: 'a', days: 2 } }, { x: 'a', days: 2 }],
    ['one of several', { enum: [{ x: ['a'] }, 'x'] }, { x: ['a'] }],
    ['a branch', { anyOf: [{ const: { x: { y: null } } }, { type: 'string' }] }, { x: { y: null } }],
  ])('arguments that are %s as a whole are written as arguments', (_title, schema, value) => {
    const tool = { name: 'look', input_schema: { ...schema, type: 'object' } } as const;
    const sampler = new GbnfSampler(callGrammar([tool], single(calls), 'arguments'));
    expect(read(sampler.sample(seeded(1)), calls, tool.input_schema)).toEqual(value);
  });

  test('an argument that only alternatives name is what they say', () => {
    const schema = {
      type: 'object',
      oneOf: [
        { properties: { code: { type: 'string', pattern: '^[0-9]{3}$' } }, required: ['code'], additionalProperties: false },
        { type: 'object', properties: { days: { const: 2 } }, required: ['days'], additionalProperties: false },
        { type: 'string' },
      ],
    } as const;
    const sampler = new GbnfSampler(callGrammar([{ name: 'look', input_schema: schema }], single(calls), 'arguments'));
    for (let start = 0; start < 20; start += 1) {
      const value = read(sampler.sample(seeded(start)), calls, schema);
      expect([{ code: expect.any(String) as string }, { days: 2 }]).toContainEqual(value);
    }
  });

  test('a schema whose alternatives lead back to it is read at once', () => {
    const alternatives = Array.from({ length: 12 }, (_, at) => ({ $ref: '#', properties: { [`b${at}`]: { type: 'string' } } }));
    const plain = { type: 'object' as const, properties: { a: { type: 'integer' } }, required: ['a'] };
    const sampler = new GbnfSampler(callGrammar([{ name: 'look', input_schema: plain }], single(calls), 'arguments'));
    const written = sampler.sample(seeded(1));
    expect(read(written, calls, { ...plain, anyOf: alternatives })).toMatchObject({ a: expect.any(Number) as unknown });
  });

  test('where a schema makes no grammar, any arguments can be written and read', () => {
    const schema = {
      type: 'object',
      properties: { city: { type: 'string', pattern: '(?=a)' }, days: { type: 'integer' }, at: {} },
    } as const;
    const sampler = new GbnfSampler(callGrammar([{ name: 'look', input_schema: schema }], calls, 'arguments', { isLoose: true }));
    for (let start = 0; start < 60; start += 1) expect(read(sampler.sample(seeded(start)), calls, schema)).toBeTypeOf('object');
  });
});
