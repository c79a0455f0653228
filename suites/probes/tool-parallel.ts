import { messagesRequest, type Probe, probe } from '../model/probe.ts';
import { blocksOf, isAccepted, isCut } from '../reading.ts';
import { fruit, lamp } from './lamp-and-fruit.ts';

const room = 192;
const prompts = [
  'Call both tools in this one turn: set_lamp to switch the lamp on, and pick_fruit to take a pear.',
  'Use set_lamp and pick_fruit now, both of them, before you say anything.',
] as const;

export const toolParallel: Probe = probe({
  id: 'tool-parallel',
  title: 'Two calls in one turn as a stream, and both results sent back',
  needs: ['tools'],
  cost: { requests: prompts.length + 1, outputTokens: prompts.length * room + 1 },
  steps: ['calls', 'echo'],
  async run({ model, ladder, send }) {
    const ask = (prompt: string): Readonly<Record<string, unknown>> => ({
      model,
      max_tokens: room,
      stream: true,
      tools: [lamp, fruit],
      messages: [{ role: 'user', content: prompt }],
    });
    const [first, second] = prompts;
    const answer = await ladder('calls', [messagesRequest(ask(first)), messagesRequest(ask(second))], {
      until: ({ message }) => callsIn(message).length >= 2,
    });
    const content = blocksOf(answer.message);
    const calls = callsIn(answer.message);
    if (!isAccepted(answer) || isCut(answer) || calls.length < 2) return;
    const results = calls.map(({ id }) => ({ type: 'tool_result', tool_use_id: id, content: 'Done.' }));
    const messages = [
      { role: 'user', content: first },
      { role: 'assistant', content },
      { role: 'user', content: results },
    ];
    await send('echo', messagesRequest({ model, max_tokens: 1, tools: [lamp, fruit], messages }), { control: 'calls' });
  },
});

function callsIn(message: unknown): ReturnType<typeof blocksOf> {
  return blocksOf(message).filter(({ type }) => type === 'tool_use');
}
