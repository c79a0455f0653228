import { messagesRequest, type Probe, probe } from '../model/probe.ts';
import { blocksOf, isAccepted, isCut } from '../reading.ts';
import { fruit, lamp } from './lamp-and-fruit.ts';

const room = 256;
const question = { role: 'user', content: 'Think for a moment, then call set_lamp to switch the lamp on.' } as const;

export const toolThinking: Probe = probe({
  id: 'tool-thinking',
  title: 'Thinking before a call, and both sent back with the result',
  needs: ['tools', 'thinking'],
  cost: { requests: 2, outputTokens: room + 1 },
  steps: ['call', 'echo'],
  async run({ model, send }) {
    const body = { model, max_tokens: room, tools: [lamp, fruit], thinking: { type: 'adaptive' }, messages: [question] };
    const answer = await send('call', messagesRequest({ ...body, stream: true }));
    const content = blocksOf(answer.message);
    const calls = content.filter(({ type }) => type === 'tool_use');
    if (!isAccepted(answer) || isCut(answer) || calls.length === 0 || !content.some(({ type }) => type === 'thinking')) return;
    const results = calls.map(({ id }) => ({ type: 'tool_result', tool_use_id: id, content: 'Done.' }));
    const messages = [question, { role: 'assistant', content }, { role: 'user', content: results }];
    await send('echo', messagesRequest({ ...body, max_tokens: 1, messages }), { control: 'call' });
  },
});
