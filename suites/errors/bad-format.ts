/** Bad output formats around a request with a good one. https://platform.claude.com/docs/en/build-with-claude/structured-outputs */
import { type BadInputTable, plainBefore } from './bad-input.ts';

const structuredOutputs = 'https://platform.claude.com/docs/en/build-with-claude/structured-outputs';
const format = {
  type: 'json_schema',
  schema: {
    type: 'object',
    properties: { colour: { type: 'string', enum: ['red', 'green'] }, watts: { type: 'integer' } },
    required: ['colour', 'watts'],
    additionalProperties: false,
  },
} as const;

export const badFormat: BadInputTable = {
  id: 'bad-format',
  title: 'A request with an output format, with one mistake at a time, with and without stream',
  source: structuredOutputs,
  needs: ['structured-output'],
  before: plainBefore,
  control: { adds: 'structured-output', control: 'plain' },
  why: 'A keyword that is ignored is a promise that the answer does not keep.',
  base: (model) => ({ model, max_tokens: 1, output_config: { format }, messages: [{ role: 'user', content: 'Describe a lamp.' }] }),
  rows: [
    {
      row: 'format-type-unknown',
      pointer: '/output_config/format/type',
      value: 'json_object',
      level: 'should',
      requirement: 'A format of another type than json_schema is answered 400.',
      covers: ['so.format-accepted'],
      why: 'The type is the one of OpenAI, and means any JSON at all.',
    },
    {
      row: 'format-schema-missing',
      pointer: '/output_config/format/schema',
      remove: true,
      level: 'should',
      requirement: 'A format without a schema is answered 400.',
      covers: ['so.format-accepted'],
    },
    {
      row: 'format-bounds',
      pointer: '/output_config/format/schema/properties/watts/minimum',
      value: 1,
      level: 'should',
      requirement: 'A schema with bounds of numbers is answered 400.',
      covers: ['err.in.format-schema-unsupported'],
    },
    {
      row: 'format-open-object',
      pointer: '/output_config/format/schema/additionalProperties',
      value: true,
      level: 'should',
      requirement: 'A schema of an object that takes other fields is answered 400.',
      covers: ['err.in.format-schema-unsupported'],
    },
    {
      row: 'format-recursive',
      pointer: '/output_config/format/schema/properties/watts',
      value: { $ref: '#' },
      level: 'should',
      requirement: 'A schema that refers to itself is answered 400.',
      covers: ['err.in.format-schema-unsupported'],
    },
    {
      row: 'format-external-reference',
      pointer: '/output_config/format/schema/properties/watts',
      value: { $ref: 'https://example.com/schema.json' },
      level: 'should',
      requirement: 'A schema that refers to another document is answered 400.',
      covers: ['err.in.format-schema-unsupported'],
      why: 'A server that fetched it could be sent anywhere.',
    },
  ],
};

export const badFormatWithDocument: BadInputTable = {
  id: 'bad-format-document',
  title: 'A request with an output format and a document, with citations asked for, with and without stream',
  source: structuredOutputs,
  needs: ['structured-output', 'documents'],
  base: (model) => ({
    model,
    max_tokens: 1,
    output_config: { format },
    messages: [
      {
        role: 'user',
        content: [
          { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'A red lamp of 5 watts.' } },
          { type: 'text', text: 'Describe it.' },
        ],
      },
    ],
  }),
  rows: [
    {
      row: 'format-with-citations',
      pointer: '/messages/0/content/0/citations',
      value: { enabled: true },
      level: 'may',
      requirement: 'An output format together with citations is answered 400.',
      covers: ['err.in.format-with-citations'],
      why: 'Citations split the text of an answer, so it is no JSON any more.',
    },
  ],
};
