/**
 * A body larger than web frameworks and gateways take unless they are told (1 MiB is common). It lacks its messages, so that a server which
 * reads it has nothing to tokenize. The official limit, 32 MiB, would cost the run more memory than all the rest.
 */
import { messagesRequest, type Probe, probe } from '../model/probe.ts';

const bytes = 4 * 1024 * 1024;

export const badSize: Probe = probe({
  id: 'bad-size',
  title: 'A body of 4 MiB that is no request',
  cost: { requests: 1, outputTokens: 1 },
  steps: ['large'],
  async run({ model, send }) {
    await send('large', messagesRequest({ model, max_tokens: 1, system: 'x'.repeat(bytes) }));
  },
});
