import { getRequest, messagesRequest, type Probe, probe } from '../model/probe.ts';
import { isAccepted } from '../reading.ts';

const room = 128;

/** Without free strings and lists, so that any model that is held to it comes to its end. An optional property stands first: it is to be written last. */
export const forecast = {
  type: 'object',
  properties: {
    advice: { type: 'string', enum: ['umbrella', 'sunglasses'] },
    sky: { type: 'string', enum: ['clear', 'cloudy', 'rain'] },
    warm: { type: 'boolean' },
    wind: {
      type: 'object',
      properties: { from: { type: 'string', enum: ['north', 'south'] }, strong: { type: 'boolean' } },
      required: ['from', 'strong'],
      additionalProperties: false,
    },
  },
  required: ['sky', 'warm', 'wind'],
  additionalProperties: false,
} as const;

const format = { type: 'json_schema', schema: forecast } as const;

const tool = {
  name: 'look_outside',
  description: 'Looks out of the window.',
  strict: true,
  input_schema: {
    type: 'object',
    properties: { window: { type: 'string', enum: ['kitchen', 'attic'] } },
    required: ['window'],
    additionalProperties: false,
  },
} as const;

export const structuredOutput: Probe = probe({
  id: 'structured-output',
  title: 'A reply of which the request gives the schema',
  cost: { requests: 9, outputTokens: 4 + 4 * room },
  steps: ['model', 'plain', 'cut', 'named', 'legacy', 'json', 'stream', 'tools', 'thinking'],
  async run({ model, modelsPath, send }) {
    const plain = { model, max_tokens: 1, messages: [{ role: 'user', content: 'Is it warm outside?' }] };
    const cut = { ...plain, output_config: { format } };
    await send('model', getRequest(`${modelsPath}/${encodeURIComponent(model)}`));
    await send('plain', messagesRequest(plain));
    const first = await send('cut', messagesRequest(cut), { control: 'plain', adds: 'structured-output' });
    await send('named', messagesRequest({ ...plain, output_config: { format: { ...format, name: 'forecast' } } }), { control: 'cut' });
    const beta = { 'anthropic-beta': 'structured-outputs-2025-11-13' };
    await send('legacy', { ...messagesRequest({ ...plain, output_format: format }), headers: beta });
    if (!isAccepted(first)) return;
    const whole = { ...cut, max_tokens: room };
    await send('json', messagesRequest(whole), { control: 'cut' });
    await send('stream', messagesRequest({ ...whole, stream: true }), { control: 'cut' });
    await send('tools', messagesRequest({ ...whole, tools: [tool] }), { control: 'json' });
    await send('thinking', messagesRequest({ ...whole, thinking: { type: 'adaptive' } }), { control: 'json' });
  },
});
