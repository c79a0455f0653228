/** What the official SDK makes of a server: its plain calls. The model's part in them is as small as can be. */
import { type Probe, probe, type SdkUse } from '../model/probe.ts';
import { isAccepted } from '../reading.ts';

/** Room for a short reply that ends by itself. */
const room = 32;

/** Pages of one model each; who has more models shows nothing new. */
const pages = 3;

const hello = [{ role: 'user' as const, content: 'Say hello.' }];

export const sdk: Probe = probe({
  id: 'sdk',
  title: 'Plain calls of the official SDK',
  cost: { requests: 9, outputTokens: 2 * room + 2 },
  steps: ['create', 'stream', 'bad-request', 'unknown-model', 'count', 'models-page', 'models-page-2', 'models-page-3', 'model'],
  async run({ model, sdk: use }) {
    await use(['create'], async (client, seen) => {
      const { data, request_id: requestId } = await client.messages.create({ model, max_tokens: room, messages: hello }).withResponse();
      Object.assign(seen, { message: data, requestId });
    });
    await use(['stream'], streaming({ model, max_tokens: room, messages: hello }));
    await use(['bad-request'], async (client, seen) => {
      seen['message'] = await client.messages.create({ model, max_tokens: 1, messages: [] });
    });
    await use(['unknown-model'], async (client, seen) => {
      seen['message'] = await client.messages.create({ model: 'no-such-model-as-this', max_tokens: 1, messages: hello });
    });
    await use(['count'], async (client, seen) => {
      seen['count'] = await client.messages.countTokens({ model, messages: hello });
    });
    const list = await use(['models-page', 'models-page-2', 'models-page-3'], async (client, seen) => {
      const firsts: unknown[] = [];
      seen['firsts'] = firsts;
      for await (const page of (await client.models.list({ limit: 1 })).iterPages()) {
        firsts.push(page.data[0]?.id ?? null);
        if (firsts.length === pages) break;
      }
    });
    if (!isAccepted(list)) return;
    await use(['model'], async (client, seen) => {
      seen['model'] = await client.models.retrieve(model);
    });
  },
});

type StreamBody = Parameters<Parameters<SdkUse>[0]['messages']['stream']>[0];

/** The stream helper, as its documentation uses it: events as they come, then the message. */
export function streaming(body: StreamBody): SdkUse {
  return async (client, seen) => {
    const events: string[] = [];
    seen['events'] = events;
    const stream = client.messages.stream(body);
    for await (const { type } of stream) events.push(type);
    seen['message'] = await stream.finalMessage();
  };
}
