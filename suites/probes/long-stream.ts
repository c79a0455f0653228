import { messagesRequest, type Probe, probe } from '../model/probe.ts';

export const longStream: Probe = probe({
  id: 'long-stream',
  title: 'A stream long enough to see it grow',
  cost: { requests: 1, outputTokens: 64 },
  steps: ['stream'],
  async run({ model, send }) {
    const story = { model, max_tokens: 64, messages: [{ role: 'user', content: 'Write a long story about a dragon.' }] };
    // Arrival times are judged, so the answer must be this step's own.
    await send('stream', messagesRequest({ ...story, stream: true }), { fresh: true });
  },
});
