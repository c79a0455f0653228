/** Strict tools beyond the limits of the official service. https://platform.claude.com/docs/en/build-with-claude/structured-outputs */
import type { JsonObject } from '../../spec/json.ts';
import { lamp } from '../probes/lamp-and-fruit.ts';
import type { BadInputTable } from './bad-input.ts';

function strict(name: string, properties: JsonObject): JsonObject {
  return { name, strict: true, input_schema: schema(properties) };
}

function schema(properties: JsonObject, required: readonly string[] = Object.keys(properties)): JsonObject {
  return { type: 'object', properties, required, additionalProperties: false };
}

function numbered(length: number, value: JsonObject): JsonObject {
  return Object.fromEntries(Array.from({ length }, (_, n) => [`part_${n}`, value]));
}

export const badStrictTools: BadInputTable = {
  id: 'bad-strict-tools',
  title: 'A request that offers a strict tool, with too much of it at a time, with and without stream',
  source: 'https://platform.claude.com/docs/en/build-with-claude/structured-outputs',
  needs: ['tools'],
  why: 'The limits bound the time to compile a grammar; other servers have others.',
  base: (model) => ({
    model,
    max_tokens: 1,
    tools: [strict(lamp.name, lamp.input_schema.properties)],
    messages: [{ role: 'user', content: 'Say hello.' }],
  }),
  rows: [
    {
      row: 'strict-tools-many',
      pointer: '/tools',
      value: Array.from({ length: 21 }, (_, n) => strict(`${lamp.name}_${n}`, lamp.input_schema.properties)),
      level: 'may',
      requirement: 'More than 20 strict tools are answered 400.',
      covers: ['tool.def.strict-limits'],
    },
    {
      row: 'strict-optional-many',
      pointer: '/tools/0/input_schema',
      value: schema(numbered(25, { type: 'string' }), []),
      level: 'may',
      requirement: 'More than 24 optional arguments in strict tools are answered 400.',
      covers: ['tool.def.strict-limits'],
      seenAt: '/tools',
    },
    {
      row: 'strict-unions-many',
      pointer: '/tools/0/input_schema',
      value: schema(numbered(17, { type: ['string', 'null'] })),
      level: 'may',
      requirement: 'More than 16 arguments of several types in strict tools are answered 400.',
      covers: ['tool.def.strict-limits'],
      seenAt: '/tools',
    },
  ],
};
