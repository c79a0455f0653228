import { messagesRequest, type Probe, probe } from '../model/probe.ts';
import { withTools } from './lamp-and-fruit.ts';
import { sayHello } from './say-hello.ts';

/** A call whose input takes more tokens than are allowed, whatever the model writes into it. */
const form = {
  name: 'fill_in_form',
  description: 'Fills in the form.',
  input_schema: {
    type: 'object',
    properties: {
      first_question_of_the_form: { type: 'string', enum: ['yes, always and everywhere', 'no, never and nowhere'] },
      second_question_of_the_form: { type: 'string', enum: ['yes, always and everywhere', 'no, never and nowhere'] },
    },
    required: ['first_question_of_the_form', 'second_question_of_the_form'],
    additionalProperties: false,
  },
} as const;

export const toolTruncated: Probe = probe({
  id: 'tool-truncated',
  title: 'A forced tool call that max_tokens cuts, without stream and as a stream',
  cost: { requests: 5, outputTokens: 2 + 3 * 6 },
  steps: ['plain', 'offered', 'auto', 'json', 'stream'],
  async run({ model, send }) {
    const choosing = (choice: Readonly<Record<string, unknown>>) => ({
      model,
      max_tokens: 6,
      tools: [form],
      tool_choice: choice,
      messages: [{ role: 'user', content: 'Fill in the form.' }],
    });
    await send('plain', messagesRequest(sayHello(model)));
    await send('offered', messagesRequest(withTools(model)), { adds: 'tools', control: 'plain' });
    await send('auto', messagesRequest(choosing({ type: 'auto' })), { control: 'offered' });
    const forced = choosing({ type: 'tool', name: form.name });
    await send('json', messagesRequest(forced), { adds: 'forced-tool-choice', control: 'auto' });
    await send('stream', messagesRequest({ ...forced, stream: true }));
  },
});
