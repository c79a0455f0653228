import { messagesRequest, type Probe, probe } from '../model/probe.ts';

/** Two limits that a count to a hundred exceeds: what is cut at the smaller one goes on at the larger. */
const limits = { one: 1, more: 8 } as const;

export const counting: Probe = probe({
  id: 'counting',
  title: 'A long count against a small max_tokens, without stream and as a stream',
  cost: { requests: 4, outputTokens: 2 * (limits.one + limits.more) },
  steps: ['one-json', 'one-stream', 'json', 'stream'],
  async run({ model, send }) {
    const count = (limit: number) => ({ model, max_tokens: limit, messages: [{ role: 'user', content: 'Count from 1 to 100.' }] });
    await send('one-json', messagesRequest(count(limits.one)));
    await send('one-stream', messagesRequest({ ...count(limits.one), stream: true }));
    await send('json', messagesRequest(count(limits.more)));
    await send('stream', messagesRequest({ ...count(limits.more), stream: true }));
  },
});
