// However an engine cuts and mixes its stream, the same blocks come out.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BackendEvent } from '../../endpoint/backend.ts';
import { planChat } from './chat-request.ts';
import type { Chunk } from './chunk.ts';
import { engineTraits } from './engine-traits.ts';
import { type EventData, readEventData } from './event-data.ts';
import { ReplyBlocks } from './reply-blocks.ts';

async function eventsOf(pieces: readonly Uint8Array[]): Promise<readonly EventData[]> {
  const events: EventData[] = [];
  for await (const event of readEventData(generated(pieces))) events.push(event);
  return events;
}

async function* generated(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array, void> {
  yield* pieces;
}

test('events are the same under every cutting of their bytes, also within characters and line ends', async () => {
  const text = ': hi\r\n\r\ndata: {"a":"é🙂"}\r\n\r\nevent: error\ndata:{"b":1}\ndata: 2\n\nerror: {"c":3}\n\nid: 7\n\ndata: [DONE]';
  const bytes = new TextEncoder().encode(text);
  const whole: readonly EventData[] = [
    { kind: 'data', text: '{"a":"é🙂"}' },
    { kind: 'error', text: '{"b":1}\n2' },
    { kind: 'error', text: '{"c":3}' },
    { kind: 'data', text: '[DONE]' },
  ];
  expect(await eventsOf([bytes])).toEqual(whole);
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.nat(bytes.length), { maxLength: 12 }), async (cuts) => {
      const edges = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
      expect(await eventsOf(edges.slice(1).map((end, index) => bytes.slice(edges[index], end)))).toEqual(whole);
    }),
  );
});

interface Turn {
  /** Which of the calls goes on. */
  readonly call: number;
  readonly length: number;
}

test('calls whose fragments are mixed in any order come out one after the other, each with its own arguments', () => {
  const inputs = fc.array(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.constant({ deep: ['}'] })), { maxKeys: 3 }), {
    minLength: 1,
    maxLength: 4,
  });
  const turns = fc.array(fc.record<Turn>({ call: fc.nat(3), length: fc.integer({ min: 1, max: 6 }) }), { maxLength: 60 });
  fc.assert(
    fc.property(inputs, turns, (objects, order) => {
      const jsons = objects.map((object) => JSON.stringify(object));
      const told = tell(fragments(jsons, order));
      expect(told.map(({ json }) => JSON.parse(json) as unknown)).toEqual(
        objects.map((object) => JSON.parse(JSON.stringify(object)) as unknown),
      );
      expect(told.map(({ name }) => name)).toEqual(jsons.map((_json, index) => `t${index}`));
    }),
  );
});

/** First the beginning of each call, in order, then their arguments as the turns mix them, then what is left. */
function fragments(jsons: readonly string[], turns: readonly Turn[]): readonly Chunk[] {
  const sent = jsons.map(() => 0);
  const chunks = jsons.map((_json, index) => fragment(index, '', `t${index}`));
  for (const { call, length } of [...turns, ...jsons.map((json, index) => ({ call: index, length: json.length }))]) {
    const index = call % jsons.length;
    const from = sent[index] ?? 0;
    const json = jsons[index]?.slice(from, from + length) ?? '';
    sent[index] = from + json.length;
    if (json !== '') chunks.push(fragment(index, json));
  }
  return chunks;
}

function fragment(index: number, json: string, name?: string): Chunk {
  return { text: '', reasoning: '', usage: {}, calls: [{ index, json, ...(name === undefined ? {} : { name, id: `id${index}` }) }] };
}

function tell(chunks: readonly Chunk[]): readonly { readonly name: string; readonly json: string }[] {
  const tools = [0, 1, 2, 3].map((index) => ({ name: `t${index}`, input_schema: { type: 'object' as const } }));
  const blocks = new ReplyBlocks(planChat({ model: 'm', messages: [{ role: 'user', content: 'Hi' }], tools }, engineTraits('vllm')));
  const events: BackendEvent[] = chunks.flatMap((chunk) => [...blocks.push(chunk)]);
  events.push(...blocks.finish(false));
  const calls: { name: string; json: string }[] = [];
  for (const event of events) {
    if (event.type === 'tool-start') calls.push({ name: event.name, json: '' });
    const last = calls.at(-1);
    if (event.type === 'tool-input' && last !== undefined) last.json += event.json;
  }
  return calls;
}
