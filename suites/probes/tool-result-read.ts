import { messagesRequest, type Probe, probe } from '../model/probe.ts';
import { wholeText } from '../reading.ts';

const room = 48;
const id = 'toolu_01ConformanceA';
const box = {
  name: 'open_box',
  description: 'Opens the box and reads what is written inside.',
  input_schema: { type: 'object', properties: {}, additionalProperties: false },
};

/** No model knows it, and it is nowhere but in the result. */
export const codeWord = 'QUARTZ-4817';

/** Some sixty words more than the short result. */
const letter =
  `The code word is ${codeWord}. ` +
  'The letter was written on a cold evening, by the light of one candle, and folded twice before it was put here. ' +
  'It says that the boat leaves in the morning, that the key hangs behind the door, and that whoever finds it shall be welcome.';

export const toolResultRead: Probe = probe({
  id: 'tool-result-read',
  title: 'What a tool result says reaches the model',
  needs: ['tools'],
  cost: { requests: 3, outputTokens: 1 + 2 * room },
  steps: ['short', 'letter'],
  async run({ model, ladder, send }) {
    const reading = (text: string, ...more: readonly string[]): Readonly<Record<string, unknown>> => ({
      model,
      max_tokens: room,
      tools: [box],
      tool_choice: { type: 'none' },
      messages: [
        { role: 'user', content: 'Open the box and tell me the code word that is written in it.' },
        { role: 'assistant', content: [{ type: 'tool_use', id, name: box.name, input: {} }] },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: id, content: [{ type: 'text', text }] },
            ...more.map((line) => ({ type: 'text', text: line })),
          ],
        },
      ],
    });
    await send('short', messagesRequest({ ...reading('Empty.'), max_tokens: 1 }));
    await ladder('letter', [messagesRequest(reading(letter)), messagesRequest(reading(letter, 'Repeat the code word.'))], {
      until: ({ message }) => wholeText(message).includes(codeWord),
      control: 'short',
    });
  },
});
