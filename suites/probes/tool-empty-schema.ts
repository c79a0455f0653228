import { messagesRequest, type Probe, probe } from '../model/probe.ts';

const tool = {
  name: 'ring_bell',
  description: 'Rings the bell.',
  input_schema: { type: 'object', properties: {}, additionalProperties: false },
};

export const toolEmptySchema: Probe = probe({
  id: 'tool-empty-schema',
  title: 'A forced call of a tool that takes no arguments',
  needs: ['tools', 'forced-tool-choice'],
  cost: { requests: 2, outputTokens: 512 },
  steps: ['call', 'call-stream'],
  async run({ model, send }) {
    const body = {
      model,
      max_tokens: 256,
      tools: [tool],
      tool_choice: { type: 'tool', name: tool.name },
      messages: [{ role: 'user', content: 'Say hello.' }],
    };
    await send('call', messagesRequest(body));
    await send('call-stream', messagesRequest({ ...body, stream: true }));
  },
});
