import { messagesRequest, type Probe, probe } from '../model/probe.ts';
import { fruit, lamp, withTools } from './lamp-and-fruit.ts';
import { sayHello } from './say-hello.ts';

/** A tool schema such as coding agents send: references, unions, nullable fields, bounds, formats. */
const fullSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  $defs: { place: { type: 'object', properties: { name: { type: 'string', minLength: 1 } }, required: ['name'] } },
  properties: {
    from: { $ref: '#/$defs/place' },
    stops: { type: 'array', items: { $ref: '#/$defs/place' }, maxItems: 5 },
    when: { anyOf: [{ type: 'string', format: 'date-time' }, { type: 'null' }], default: null },
    seats: { type: 'integer', exclusiveMinimum: 0 },
  },
  required: ['from'],
  additionalProperties: false,
};

/** What replaces the first of the two offered tools, by step. */
const definitions: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'no-description': { name: lamp.name, input_schema: lamp.input_schema },
  'no-properties': { name: lamp.name, description: lamp.description, input_schema: { type: 'object' } },
  'full-schema': { name: lamp.name, description: lamp.description, input_schema: fullSchema },
  'custom-type': { type: 'custom', ...lamp },
  'name-64': { ...lamp, name: 'set_lamp-'.padEnd(64, 'x9') },
  'cache-control': { ...lamp, cache_control: { type: 'ephemeral' } },
};

export const toolDefinitions: Probe = probe({
  id: 'tool-definitions',
  title: 'Forms that a tool definition may take',
  needs: ['tools'],
  cost: { requests: 2 + Object.keys(definitions).length, outputTokens: 2 + Object.keys(definitions).length },
  steps: ['plain', 'control', ...Object.keys(definitions)],
  async run({ model, send }) {
    await send('plain', messagesRequest(sayHello(model)));
    await send('control', messagesRequest(withTools(model)), { adds: 'tools', control: 'plain' });
    for (const [step, tool] of Object.entries(definitions)) {
      await send(step, messagesRequest({ ...withTools(model), tools: [tool, fruit] }), { control: 'control' });
    }
  },
});
