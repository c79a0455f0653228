import { messagesRequest, type Probe, probe } from '../model/probe.ts';

/** Above the smallest prompt that the official service caches on most models, some 1,100 tokens; a local server reads it in seconds. */
const handbook =
  'The lighthouse keeper lights the lamp at dusk, winds the clockwork every four hours, and writes the weather down. '.repeat(50);

export const cacheRepeat: Probe = probe({
  id: 'cache-repeat',
  title: 'A prompt with a cache marker, twice',
  cost: { requests: 2, outputTokens: 2 },
  steps: ['first', 'second'],
  async run({ model, send }) {
    const request = messagesRequest({
      model,
      max_tokens: 1,
      system: [{ type: 'text', text: handbook, cache_control: { type: 'ephemeral' } }],
      messages: [{ role: 'user', content: 'Say hello.' }],
    });
    await send('first', request, { fresh: true });
    await send('second', request, { fresh: true });
  },
});
