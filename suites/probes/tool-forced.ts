import { messagesRequest, type Probe, probe, type ProbeClient } from '../model/probe.ts';
import type { Evidence } from '../model/evidence.ts';
import { blocksOf, isAccepted, isCut } from '../reading.ts';
import { fruit, lamp, withTools } from './lamp-and-fruit.ts';
import { sayHello } from './say-hello.ts';

/** Room for a model that thinks a little before its call; the call itself needs some twenty tokens. */
const roomForACall = 256;

export const toolForced: Probe = probe({
  id: 'tool-forced',
  title: 'Every tool_choice, with two tools that the prompt has nothing to do with, or asks for where they are not to be called',
  cost: { requests: 14, outputTokens: 4 + 10 * roomForACall },
  steps: [
    'plain',
    'offered',
    'auto',
    'any',
    'any-stream',
    'tool',
    'tool-stream',
    'echo',
    'echo-streamed',
    'none',
    'none-stream',
    'no-parallel',
    'tool-no-parallel',
    'auto-no-parallel',
  ],
  async run(client) {
    const { model, send } = client;
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
    const some = choosing({ type: 'any' });
    await send('any', messagesRequest(some), { adds: 'forced-tool-choice', control: 'offered' });
    await send('any-stream', messagesRequest({ ...some, stream: true }));
    // The prompt wants the other tool: llama.cpp takes a tool by name for any tool.
    const other = 'Call set_lamp now: switch the lamp on.';
    const named = choosing({ type: 'tool', name: fruit.name }, other);
    const call = await send('tool', messagesRequest(named), { adds: 'forced-tool-choice', control: 'offered' });
    const streamed = await send('tool-stream', messagesRequest({ ...named, stream: true }));
    await answer(client, 'echo', call);
    await answer(client, 'echo-streamed', streamed);
    const no = choosing({ type: 'none' }, other);
    await send('none', messagesRequest(no));
    await send('none-stream', messagesRequest({ ...no, stream: true }));
    const twice = 'Call both tools: switch the lamp on, and take a pear.';
    await send('no-parallel', messagesRequest(choosing({ type: 'any', disable_parallel_tool_use: true }, twice)));
    await send(
      'tool-no-parallel',
      messagesRequest(
        choosing(
          { type: 'tool', name: fruit.name, disable_parallel_tool_use: true },
          'Call pick_fruit twice: take a pear, and take an apple.',
        ),
      ),
    );
    await send('auto-no-parallel', messagesRequest(choosing({ type: 'auto', disable_parallel_tool_use: true }, twice)));
  },
});

/** Sends calls back as they came, each with a result of its id. What was cut cannot be sent back. */
async function answer({ model, send }: ProbeClient, step: string, asked: Evidence): Promise<void> {
  const content = blocksOf(asked.message);
  const calls = content.filter(({ type }) => type === 'tool_use');
  if (!isAccepted(asked) || isCut(asked) || calls.length === 0) return;
  const messages = [
    { role: 'user', content: 'Say hello.' },
    { role: 'assistant', content },
    { role: 'user', content: calls.map(({ id }) => ({ type: 'tool_result', tool_use_id: id, content: 'Done.' })) },
  ];
  await send(step, messagesRequest({ model, max_tokens: 1, tools: [lamp, fruit], messages }), { control: 'offered' });
}
