import { messagesRequest, type Probe, probe, type ProbeClient } from '../model/probe.ts';
import { blocksOf } from '../reading.ts';
import { sayHello } from './say-hello.ts';
import { shortReply } from './text.ts';

const hello = { role: 'user', content: 'Say hello.' } as const;
const again = { role: 'user', content: 'Say it again.' } as const;
const reply = { role: 'assistant', content: 'Hello.' } as const;

/** Conversations of several turns, by step. */
const conversations = {
  'multi-turn': [hello, reply, again],
  'consecutive-user': [hello, again],
  'consecutive-assistant': [hello, reply, { role: 'assistant', content: 'Good day.' }, again],
  'assistant-first': [reply, again],
  block: [{ role: 'user', content: [{ type: 'text', text: hello.content }] }],
  'several-blocks': [{ role: 'user', content: [hello, again].map(({ content }) => ({ type: 'text', text: content })) }],
} as const;

export const history: Probe = probe({
  id: 'history',
  title: "Conversations of several turns, the server's own replies among them",
  cost: { requests: 11, outputTokens: 2 * 32 + 9 },
  steps: ['plain', ...Object.keys(conversations), 'first', 'first-stream', 'echo', 'echo-streamed'],
  async run(client) {
    const { model, send } = client;
    await send('plain', messagesRequest(sayHello(model)));
    for (const [step, messages] of Object.entries(conversations)) {
      await send(step, messagesRequest({ model, max_tokens: 1, messages }), { control: 'plain' });
    }
    await echo(client, 'first', 'echo', shortReply(model));
    await echo(client, 'first-stream', 'echo-streamed', { ...shortReply(model), stream: true });
  },
});

/** Sends a reply's content back exactly as it came, and asks on. A reply without content cannot be sent back, nor one of blanks. */
async function echo(
  { model, send }: ProbeClient,
  first: string,
  second: string,
  request: Readonly<Record<string, unknown>>,
): Promise<void> {
  const answer = await send(first, messagesRequest(request));
  const content = blocksOf(answer.message);
  if (content.length === 0 || content.some(({ type, text }) => type === 'text' && typeof text === 'string' && text.trim() === '')) return;
  await send(second, messagesRequest({ model, max_tokens: 1, messages: [hello, { role: 'assistant', content }, again] }), {
    control: 'plain',
  });
}
