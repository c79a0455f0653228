/** What the rules of `strict-output-rules.ts` take, and what they refuse. */
import { closed, document, type Fields, format, type RuleCases, user } from './request-parts.fixture.ts';

const strictTool = (name: string, properties: Fields): object => ({
  name,
  strict: true,
  input_schema: { type: 'object', properties, additionalProperties: false },
});
const strictTools = (count: number): readonly object[] => Array.from({ length: count }, (_, at) => strictTool(`tool-${at}`, {}));
const manyFields = (count: number, schema: object): Fields =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`field-${at}`, schema]));

export const strictOutputCases: RuleCases = {
  'format-schema-unsupported': {
    taken: [
      format(closed({ a: { $ref: '#/$defs/b' } }, { $defs: { b: closed({ c: { type: 'string', enum: ['minimum'] } }) } })),
      format(closed({ minimum: { type: 'integer' } })),
    ],
    refused: [
      [
        format(closed({ a: { type: 'integer', minimum: 1 } })),
        'output_config.format.schema.properties.a.minimum: is a bound that strict output does not support',
      ],
      [
        format({ ...closed({}), additionalProperties: true }),
        'output_config.format.schema.additionalProperties: must be false in strict output',
      ],
      [
        format(closed({ a: { $ref: 'https://example.com/a.json' } })),
        'output_config.format.schema.properties.a.$ref: must lead to a place in the same schema',
      ],
      [
        format(closed({ a: { $ref: '#' } })),
        'output_config.format.schema.properties.a.$ref: must not lead back to itself: strict output has no recursion',
      ],
      [
        format(closed({ a: { $ref: '#/$defs/b' } }, { $defs: { b: closed({ c: { $ref: '#/$defs/b' } }) } })),
        'output_config.format.schema.$defs.b.properties.c.$ref: must not lead back to itself: strict output has no recursion',
      ],
    ],
  },
  'format-schema-beyond': {
    validity: 'unknown',
    taken: [format(closed({ a: { type: 'string' } }))],
    refused: [
      [format({ type: 'object' }), 'output_config.format.schema.additionalProperties: must be false in strict output'],
      [
        format(closed({ a: { type: 'string', maxLength: 3 } })),
        'output_config.format.schema.properties.a.maxLength: is a bound that strict output does not support',
      ],
    ],
  },
  'strict-schema-unsupported': {
    validity: 'unknown',
    taken: [
      { tools: [{ name: 'a', strict: true, input_schema: closed({ b: { type: 'string' } }) }] },
      { tools: [{ name: 'a', strict: false, input_schema: { type: 'object' } }] },
    ],
    refused: [
      [
        { tools: [{ name: 'a', strict: true, input_schema: { type: 'object' } }] },
        'tools.0.input_schema.additionalProperties: must be false in strict output',
      ],
    ],
  },
  'strict-limits': {
    validity: 'unknown',
    taken: [{ tools: strictTools(20) }, { tools: [strictTool('a', manyFields(24, { type: 'string' }))] }],
    refused: [
      [{ tools: strictTools(21) }, 'tools: must not have more than 20 strict tools in all'],
      [{ tools: [strictTool('a', manyFields(25, { type: 'string' }))] }, 'tools: must not have more than 24 optional arguments in all'],
      [
        { tools: [strictTool('a', manyFields(17, { type: ['string', 'null'] }))] },
        'tools: must not have more than 16 arguments of several types in all',
      ],
    ],
  },
  'format-with-citations': {
    validity: 'unknown',
    taken: [
      { ...format(closed({})), messages: [user([{ ...document, citations: { enabled: false } }])] },
      { messages: [user([{ ...document, citations: { enabled: true } }])] },
    ],
    refused: [
      [
        { ...format(closed({})), messages: [user([{ ...document, citations: { enabled: true } }])] },
        'messages.0.content.0.citations.enabled: must not be combined with output_config.format',
      ],
    ],
  },
};
