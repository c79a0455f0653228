import { messagesRequest, type Probe, probe } from '../model/probe.ts';
import { sayHello } from './say-hello.ts';

/** Parameters that leave the meaning of a request as it is, by step. */
const harmless = {
  'stream-false': { stream: false },
  'no-stop-sequences': { stop_sequences: [] },
  metadata: { metadata: { user_id: 'conformance' } },
  'service-tier': { service_tier: 'auto' },
} as const;

export const parameters: Probe = probe({
  id: 'parameters',
  title: 'Optional parameters that change nothing',
  cost: { requests: 5, outputTokens: 5 },
  steps: ['plain', ...Object.keys(harmless)],
  async run({ model, send }) {
    await send('plain', messagesRequest(sayHello(model)));
    for (const [step, added] of Object.entries(harmless)) {
      await send(step, messagesRequest({ ...sayHello(model), ...added }), { control: 'plain' });
    }
  },
});
