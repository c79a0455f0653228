import type { CustomTool } from '../../spec/index.ts';
import { messagesRequest, type Probe, probe } from '../model/probe.ts';

const room = 160;

/** Everything that has to be escaped, or is not ASCII. The only value that is allowed, so a server that constrains generation writes it. */
export const trickyText = 'She said "hé" \\ 😀\nC:\\new\t{x}';

/** Its name has all the characters that a name may have, and as many. */
export const write: CustomTool = {
  name: 'Write-note_for-Everyone_'.padEnd(64, 'Aa9-_'),
  description: 'Writes a note.',
  input_schema: {
    type: 'object',
    properties: { note: { type: 'string', enum: [trickyText] } },
    required: ['note'],
    additionalProperties: false,
  },
  strict: true,
};

export const toolArguments: Probe = probe({
  id: 'tool-arguments',
  title: 'A forced call with characters that have to be escaped, of a tool with a long name',
  needs: ['tools', 'forced-tool-choice'],
  cost: { requests: 2, outputTokens: 2 * room },
  steps: ['call', 'call-stream'],
  async run({ model, send }) {
    const body = {
      model,
      max_tokens: room,
      tools: [write],
      tool_choice: { type: 'tool', name: write.name },
      messages: [{ role: 'user', content: 'Say hello.' }],
    };
    await send('call', messagesRequest(body));
    await send('call-stream', messagesRequest({ ...body, stream: true }));
  },
});
