import { messagesRequest, type Probe, probe } from '../model/probe.ts';
import { shortReply } from './text.ts';

/** No model writes this by itself. */
const improbable = '§zq-0417-kx§';

export const unmatchedStop: Probe = probe({
  id: 'unmatched-stop',
  title: 'A stop sequence that no reply contains',
  cost: { requests: 3, outputTokens: 96 },
  steps: ['plain', 'json', 'stream'],
  async run({ model, send }) {
    const request = { ...shortReply(model), stop_sequences: [improbable] };
    await send('plain', messagesRequest(shortReply(model)));
    await send('json', messagesRequest(request), { control: 'plain' });
    await send('stream', messagesRequest({ ...request, stream: true }));
  },
});
