import { messagesRequest, type Probe, probe } from '../model/probe.ts';

const room = 256;

/** Every type that a strict schema may have, and no free text, which a weak model might never end. */
export const basket = {
  name: 'pack_basket',
  description: 'Packs a basket of fruit.',
  input_schema: {
    type: 'object',
    properties: {
      size: { type: 'string', enum: ['small', 'large'] },
      count: { type: 'integer' },
      gift: { type: 'boolean' },
      owner: {
        type: 'object',
        properties: { kind: { type: 'string', enum: ['shop', 'guest'] } },
        required: ['kind'],
        additionalProperties: false,
      },
      fruits: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          properties: { ripe: { type: 'boolean' } },
          required: ['ripe'],
          additionalProperties: false,
        },
      },
      ribbon: { type: 'string', enum: ['red', 'blue'] },
    },
    required: ['size', 'count', 'gift', 'owner', 'fruits'],
    additionalProperties: false,
  },
} as const;

export const toolStrict: Probe = probe({
  id: 'tool-strict',
  title: 'A forced call of a strict tool with nested arguments',
  needs: ['tools', 'forced-tool-choice'],
  cost: { requests: 3, outputTokens: 1 + 2 * room },
  steps: ['control', 'call', 'call-stream'],
  async run({ model, send }) {
    const body = {
      model,
      max_tokens: room,
      tool_choice: { type: 'tool', name: basket.name },
      messages: [{ role: 'user', content: 'Pack a small basket for a guest: one ripe apple, no gift.' }],
    };
    const strict = { ...body, tools: [{ ...basket, strict: true }] };
    await send('control', messagesRequest({ ...body, max_tokens: 1, tools: [basket] }));
    await send('call', messagesRequest(strict), { control: 'control' });
    await send('call-stream', messagesRequest({ ...strict, stream: true }));
  },
});
