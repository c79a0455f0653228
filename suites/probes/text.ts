import { messagesRequest, type Probe, probe } from '../model/probe.ts';
import { sayHello } from './say-hello.ts';

/** A request that any model answers with a few words, and ends by itself. */
export function shortReply(model: string): Readonly<Record<string, unknown>> {
  return { ...sayHello(model), max_tokens: 32 };
}

export const text: Probe = probe({
  id: 'text',
  title: 'A short reply, without stream and as a stream',
  cost: { requests: 2, outputTokens: 64 },
  steps: ['json', 'stream'],
  async run({ model, send }) {
    await send('json', messagesRequest(shortReply(model)));
    await send('stream', messagesRequest({ ...shortReply(model), stream: true }));
  },
});
