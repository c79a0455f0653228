/** Streams that the official SDK cannot read, or reads as something else. */
import type { StreamEvent } from '../../../spec/index.ts';
import { answers, ignores } from '../acting.ts';
import type { KnownFault } from '../fault.ts';
import { allFaults, appendText, dropEvent } from '../reply-faults.ts';
import { type Spoiled, spoiled } from '../spoiling.ts';
import { before, delay, drop, edit, put, reword, rewordAll, twice } from '../stream-edits.ts';
import { all, at, has, streams, sample } from '../touching.ts';
import { acted } from './acted.ts';
import { bySdk, is } from './tools-shaping.ts';

const stream = sample(all(bySdk, streams), at('/max_tokens', is(32)));
const toolStream = all(bySdk, streams, has('/tools'));
const thinkingStream = all(bySdk, streams, has('/thinking'));
const delta = { type: 'content_block_delta' } as const;
const end = { type: 'message_delta' } as const;
const start = { type: 'message_start' } as const;

/** Blocks are numbered from 1. */
const shifted = allFaults(
  ...(['content_block_start', 'content_block_delta', 'content_block_stop'] as const).map((type) =>
    edit({ type }, (event) => ('index' in event ? { ...event, index: event.index + 1 } : event)),
  ),
);

function isOfArguments(event: StreamEvent): boolean {
  return event.type === 'content_block_delta' && event.delta.type === 'input_json_delta';
}

const throws = { 'sdk.stream.final-message': 'Its stream helper throws.' };

const events: readonly Spoiled[] = [
  {
    id: 'sdk-no-event-lines',
    sentence: 'The events of a stream have no names: the SDK yields none of them.',
    trips: ['sdk.stream.every-event', 'stream.framing.event-line'],
    spoils: rewordAll((text) => text.replace(/^event: .*\n/m, '')),
  },
  {
    id: 'sdk-no-message-stop',
    sentence: 'A stream ends without message_stop: the SDK throws.',
    trips: ['sdk.stream.final-message', 'stream.order.ends-with-message-stop'],
    spoils: dropEvent('message_stop'),
  },
  {
    id: 'sdk-no-message-start',
    sentence: 'A stream has no message_start: the SDK throws.',
    trips: ['sdk.stream.final-message', 'sdk.stream.nothing-before-start', 'stream.order.message-start-first', 'messages.shape.valid'],
    spoils: drop(start),
  },
  {
    id: 'sdk-start-without-usage',
    sentence: 'message_start has no usage: the SDK throws.',
    trips: ['sdk.stream.final-message', 'stream.schema.message-start'],
    spoils: put(start, '/message/usage', undefined),
  },
  {
    id: 'sdk-delta-without-usage',
    sentence: 'message_delta has no usage: the SDK throws.',
    trips: ['sdk.stream.final-message', 'stream.schema.message-delta'],
    spoils: put(end, '/usage', undefined),
  },
  {
    id: 'sdk-start-without-content',
    sentence: 'message_start has null for the content: the SDK throws.',
    trips: ['sdk.stream.final-message', 'stream.schema.message-start'],
    spoils: put(start, '/message/content', null),
  },
  {
    id: 'sdk-index-from-1',
    sentence: 'Blocks are numbered from 1: the SDK loses the text.',
    trips: ['sdk.stream.equals-bytes', 'stream.order.index-contiguous'],
    spoils: shifted,
  },
  {
    id: 'sdk-input-zero-at-end',
    sentence: 'message_delta says 0 input tokens: the SDK keeps them.',
    trips: ['sdk.stream.usage', 'usage.input.positive', 'usage.input.known-at-start'],
    spoils: put(end, '/usage/input_tokens', 0),
  },
  {
    id: 'sdk-block-before-start',
    sentence: 'message_start comes behind the start of the first block.',
    trips: ['sdk.stream.nothing-before-start', 'stream.order.message-start-first'],
    mayTrip: throws,
    spoils: delay(start, { type: 'content_block_start' }),
  },
  {
    id: 'sdk-error-untyped-in-stream',
    sentence: 'An error in a stream says no type: the SDK throws it without one.',
    trips: ['sdk.stream.error-typed', 'stream.order.no-error-on-valid', 'stream.schema.error-event'],
    mayTrip: throws,
    spoils: reword('message_stop', () => 'event: error\ndata: {"type":"error","error":{"message":"The engine died."}}\n\n'),
  },
  {
    id: 'sdk-message-start-twice',
    sentence: 'message_start comes twice: the SDK throws.',
    imitates: ['litellm#32357', 'llama.cpp#18551', 'ik_llama.cpp#1123'],
    trips: ['sdk.stream.final-message', 'stream.order.message-start-once'],
    spoils: twice(start),
  },
  {
    id: 'sdk-no-block-start',
    sentence: 'A block is not started: the SDK throws at its first delta.',
    trips: ['sdk.stream.final-message', 'stream.order.block-events-name-open-block'],
    spoils: drop({ type: 'content_block_start' }),
  },
  {
    id: 'sdk-done-event',
    sentence: 'A stream ends with an event done and [DONE]: the SDK throws at what is no JSON.',
    trips: ['sdk.stream.final-message', 'stream.framing.no-done-sentinel'],
    spoils: appendText('event: done\ndata: [DONE]\n\n'),
  },
  {
    id: 'sdk-openai-error-line',
    sentence: "An error in a stream is OpenAI's, without an event line: the SDK ends without a word, or throws that there is no end.",
    trips: ['sdk.stream.final-message', 'stream.framing.event-line', 'stream.order.ends-with-message-stop'],
    spoils: reword('message_stop', () => 'data: {"error":{"message":"The engine died.","type":"server_error"}}\n\n'),
  },
  {
    id: 'sdk-tool-partial-json-object',
    sentence: 'partial_json is an object: the SDK throws.',
    trips: ['sdk.stream.tool-input', 'stream.schema.block-delta'],
    touches: toolStream,
    spoils: put({ ...delta, where: isOfArguments }, '/delta/partial_json', { fruit: 'apple' }),
  },
  {
    id: 'sdk-tool-index-from-1',
    sentence: 'The block of a call is numbered from 1: the SDK runs the tool with {}.',
    trips: ['sdk.stream.tool-input', 'stream.order.index-contiguous'],
    touches: toolStream,
    spoils: shifted,
  },
  {
    id: 'sdk-signature-in-pieces',
    sentence: 'A signature comes in two pieces: the SDK keeps the second.',
    trips: ['sdk.stream.signature', 'stream.order.signature-once-and-last'],
    touches: thinkingStream,
    spoils: before(
      { ...delta, where: (event) => event.type === 'content_block_delta' && event.delta.type === 'signature_delta' },
      { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'bW9jay1zaWdu' } },
    ),
  },
];

const unstreamed = acted({ layer: 'behaviour', act: ignores('/stream') }, [
  {
    id: 'sdk-json-for-stream',
    sentence: 'A stream is answered with a JSON body: the SDK yields nothing.',
    trips: ['http.stream.is-event-stream'],
    touches: stream,
  },
  {
    id: 'sdk-empty-stream',
    sentence: 'A stream is empty: the SDK yields nothing.',
    trips: ['sdk.stream.every-event', 'http.stream.no-content-length', 'http.stream.cache-control', 'stream.framing.has-events'],
    touches: stream,
    act: answers(200, '', 'text/event-stream'),
  },
]);

export const sdkStreamFaults: readonly KnownFault[] = [...spoiled({ layer: 'sse', touches: stream }, events), ...unstreamed];
