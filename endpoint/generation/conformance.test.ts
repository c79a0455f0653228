// Whatever a backend that keeps its contract says, the stream obeys the published grammar and schemas, and equals the JSON answer.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkOrder, foldStream, grammarEvent, validate, type StreamEvent } from '../../spec/index.ts';
import type { BackendEvent } from '../backend.ts';
import { MessageFold } from './fold-message.ts';
import { MessageEvents } from './message-events.ts';

const someText = fc.string({ unit: 'grapheme', maxLength: 8 });

/** Text in pieces, cut where nothing breaks. */
const pieces = fc.array(someText, { minLength: 1, maxLength: 4 });

const textBlock = pieces.map((texts): BackendEvent[] => texts.map((text) => ({ type: 'text', text })));
const thinkingBlock = pieces.map((texts): BackendEvent[] => [
  ...texts.map((thinking): BackendEvent => ({ type: 'thinking', thinking })),
  { type: 'signature', signature: 'c2ln' },
]);
const redactedBlock = fc.constant<BackendEvent[]>([{ type: 'redacted-thinking', data: 'eHg=' }]);
const toolBlock = fc.tuple(fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 }), fc.nat(20)).map(([input, cut]): BackendEvent[] => {
  const json = JSON.stringify(input);
  return [
    { type: 'tool-start', name: 'tool' },
    { type: 'tool-input', json: json.slice(0, cut) },
    { type: 'tool-input', json: json.slice(cut) },
  ];
});

const generation = fc
  .tuple(fc.array(fc.oneof(textBlock, thinkingBlock, redactedBlock, toolBlock), { maxLength: 5 }), fc.nat(9), fc.boolean())
  .map(([blocks, tokens, isCut]): readonly BackendEvent[] => {
    const content = blocks.flat();
    const usesTool = content.some(({ type }) => type === 'tool-start');
    return [
      { type: 'start', prompt: { input: tokens, cacheRead: tokens } },
      ...content,
      { type: 'stop', reason: isCut ? 'max_tokens' : usesTool ? 'tool_use' : 'end_turn', outputTokens: tokens },
    ];
  });

function streamOf(events: readonly BackendEvent[], omitThinking: boolean): readonly StreamEvent[] {
  let ids = 0;
  const newToolId = (): string => `toolu_${(ids += 1)}`;
  const messageEvents = new MessageEvents({ id: 'msg_1', model: 'm', omitThinking, newToolId });
  return events.flatMap((event) => messageEvents.accept(event));
}

/** As a client reads it: through JSON, so that nothing is shared. */
function received(events: readonly StreamEvent[]): readonly unknown[] {
  return JSON.parse(JSON.stringify(events));
}

describe('A stream', () => {
  it('obeys the grammar of the protocol', () => {
    fc.assert(
      fc.property(generation, fc.boolean(), (events, omitThinking) => {
        expect(checkOrder(received(streamOf(events, omitThinking)).map((event) => grammarEvent(event)))).toStrictEqual([]);
      }),
    );
  });

  it('is made of events that the schemas know in full', () => {
    fc.assert(
      fc.property(generation, (events) => {
        for (const event of received(streamOf(events, false))) expect(validate('stream-event', event)).toStrictEqual([]);
      }),
    );
  });

  it('folds, by the rules of the protocol, to the message that is sent as JSON', () => {
    fc.assert(
      fc.property(generation, fc.boolean(), (events, omitThinking) => {
        const stream = streamOf(events, omitThinking);
        const { message, problems } = foldStream(received(stream));
        const fold = new MessageFold();
        for (const event of stream) fold.add(event);
        expect(problems).toStrictEqual([]);
        expect(JSON.parse(JSON.stringify(fold.message))).toStrictEqual(message);
        expect(validate('message', message)).toStrictEqual([]);
      }),
    );
  });
});
