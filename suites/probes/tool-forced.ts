import { messagesRequest, type Probe, probe } from '../model/probe.ts';
import { fruit, lamp, withTools } from './lamp-and-fruit.ts';
import { sayHello } from './say-hello.ts';

/** Room for a model that thinks a little before its call; the call itself needs some twenty tokens. */
const roomForACall = 256;

export const toolForced: Probe = probe({
  id: 'tool-forced',
  title: 'Every tool_choice, with two tools that the prompt has nothing to do with',
  cost: { requests: 9, outputTokens: 2 + 7 * roomForACall },
  steps: ['plain', 'offered', 'auto', 'any', 'tool', 'tool-stream', 'none', 'no-parallel', 'auto-no-parallel'],
  async run({ model, send }) {
    const choosing = (choice: Readonly<Record<string, unknown>>, prompt = 'Say hello.') => ({
      model,
      max_tokens: roomForACall,
      tools: [lamp, fruit],
      tool_choice: choice,
      messages: [{ role: 'user', content: prompt }],
    });
    await send('plain', messagesRequest(sayHello(model)));
    await send('offered', messagesRequest(withTools(model)), { adds: 'tools', control: 'plain' });
    await send('auto', messagesRequest(choosing({ type: 'auto' })), { control: 'offered' });
    await send('any', messagesRequest(choosing({ type: 'any' })), { adds: 'forced-tool-choice', control: 'auto' });
    const named = choosing({ type: 'tool', name: fruit.name });
    await send('tool', messagesRequest(named), { adds: 'forced-tool-choice', control: 'auto' });
    await send('tool-stream', messagesRequest({ ...named, stream: true }));
    await send('none', messagesRequest(choosing({ type: 'none' }, 'Call set_lamp now: switch the lamp on.')));
    const twice = 'Call both tools: switch the lamp on, and take a pear.';
    await send('no-parallel', messagesRequest(choosing({ type: 'any', disable_parallel_tool_use: true }, twice)));
    await send('auto-no-parallel', messagesRequest(choosing({ type: 'auto', disable_parallel_tool_use: true }, twice)));
  },
});
