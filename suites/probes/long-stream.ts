import { messagesRequest, type Probe, probe } from '../model/probe.ts';

export const longStream: Probe = probe({
  id: 'long-stream',
  title: 'A stream long enough to see it grow, also with an offer to compress it',
  cost: { requests: 2, outputTokens: 128 },
  steps: ['stream', 'compressible'],
  async run({ model, send }) {
    const story = { model, max_tokens: 64, messages: [{ role: 'user', content: 'Write a long story about a dragon.' }] };
    const request = messagesRequest({ ...story, stream: true });
    // Arrival times are judged, so the answer must be this step's own.
    await send('stream', request, { fresh: true });
    await send('compressible', { ...request, headers: { 'accept-encoding': 'gzip, deflate, br, zstd' } }, { fresh: true });
  },
});
