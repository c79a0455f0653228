/** The official SDK with what a server may refuse: thinking, and structured output. And its way of leaving a stream. */
import { type Probe, probe } from '../model/probe.ts';
import { isAccepted } from '../reading.ts';
import { streaming } from './sdk.ts';
import { forecast } from './structured-output.ts';

const room = 128;

export const sdkThinking: Probe = probe({
  id: 'sdk-thinking',
  title: 'The stream helper of the official SDK, with thinking',
  needs: ['thinking'],
  cost: { requests: 1, outputTokens: room },
  steps: ['stream'],
  async run({ model, sdk }) {
    const messages = [{ role: 'user' as const, content: 'How much is 2 plus 2? Think first.' }];
    await sdk(['stream'], streaming({ model, max_tokens: room, thinking: { type: 'adaptive' }, messages }));
  },
});

export const sdkParse: Probe = probe({
  id: 'sdk-parse',
  title: 'messages.parse() of the official SDK',
  needs: ['structured-output'],
  cost: { requests: 1, outputTokens: room },
  steps: ['parse'],
  async run({ model, sdk }) {
    await sdk(['parse'], async (client, seen) => {
      const message = await client.messages.parse({
        model,
        max_tokens: room,
        messages: [{ role: 'user', content: 'Is it warm outside?' }],
        output_config: { format: { type: 'json_schema', schema: { ...forecast, required: [...forecast.required] } } },
      });
      seen['parsed'] = message.parsed_output;
    });
  },
});

export const sdkBreak: Probe = probe({
  id: 'sdk-break',
  title: 'The official SDK leaves a stream in the middle, and asks again',
  cost: { requests: 2, outputTokens: room + 1 },
  exclusive: true,
  steps: ['left', 'after-left'],
  async run({ model, sdk }) {
    const messages = [{ role: 'user' as const, content: 'Count from 1 to 1000, without a pause.' }];
    const left = await sdk(
      ['left'],
      async (client, seen) => {
        for await (const { type } of await client.messages.create({ model, max_tokens: room, messages, stream: true })) {
          seen['last'] = type;
          if (type === 'content_block_delta') break;
        }
      },
      { hangsUp: true },
    );
    if (left.status === undefined || !(isAccepted(left) || left.ended === 'aborted-by-us')) return;
    await sdk(['after-left'], async (client, seen) => {
      seen['message'] = await client.messages.create({ model, max_tokens: 1, messages: [{ role: 'user', content: 'Say hello.' }] });
    });
  },
});
