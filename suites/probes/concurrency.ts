import { countTokensRequest, messagesRequest, type Probe, probe } from '../model/probe.ts';
import { isAccepted } from '../reading.ts';
import { fruit, lamp } from './lamp-and-fruit.ts';
import { sayHello } from './say-hello.ts';

/** Requests at once. Each forces a call of a tool that no other request has, so its answer names the request that it belongs to. */
export const ways = ['alder', 'birch', 'cedar', 'dogwood'] as const;

/** The tool that only the request of this name offers. */
export function toolOf(way: string): string {
  return `plant_${way}`;
}

/** Room for a call without arguments, and for a little thinking before it. */
const roomForACall = 96;
/** Prompts of lengths that no tokenizer takes for each other, by position. */
const sentences = [1, 8, 32, 128] as const;

export const concurrency: Probe = probe({
  id: 'concurrency',
  title: 'Four streams at once, four JSON requests at once, four counts at once; each has an answer of its own',
  cost: { requests: 3 + 3 * ways.length, outputTokens: 3 + 2 * ways.length * roomForACall },
  parallel: ways.length,
  steps: ['alone', 'auto', 'forced', ...['stream', 'json', 'count'].flatMap((what) => ways.map((way) => `${what}-${way}`))],
  async run({ model, send }) {
    const choosing = (choice: Readonly<Record<string, unknown>>) =>
      messagesRequest({ ...sayHello(model), tools: [lamp, fruit], tool_choice: choice });
    await send('alone', messagesRequest(sayHello(model)));
    await send('auto', choosing({ type: 'auto' }));
    const forced = await send('forced', choosing({ type: 'tool', name: fruit.name }), { control: 'auto', adds: 'forced-tool-choice' });
    // Where a call cannot be forced, plain requests still show whether several at once are answered.
    const own = (way: string) => (isAccepted(forced) ? callOf(model, way) : { ...sayHello(model), messages: greetings(way) });
    const atOnce = (what: string, request: (way: string, position: number) => ReturnType<typeof messagesRequest>) =>
      Promise.all(ways.map((way, position) => send(`${what}-${way}`, request(way, position), { fresh: true })));
    await atOnce('stream', (way) => messagesRequest({ ...own(way), stream: true }));
    await atOnce('json', (way) => messagesRequest(own(way)));
    await atOnce('count', (_way, position) =>
      countTokensRequest({ model, messages: greetings('tree. '.repeat(sentences[position] ?? 1)) }),
    );
  },
});

function greetings(name: string): readonly { readonly role: string; readonly content: string }[] {
  return [{ role: 'user', content: `Say hello to the ${name}` }];
}

function callOf(model: string, way: string): Readonly<Record<string, unknown>> {
  const name = toolOf(way);
  return {
    model,
    max_tokens: roomForACall,
    tools: [{ name, description: `Plants a ${way}.`, input_schema: { type: 'object', properties: {}, additionalProperties: false } }],
    tool_choice: { type: 'tool', name },
    messages: [{ role: 'user', content: `Plant a ${way}.` }],
  };
}
