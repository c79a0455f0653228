/** Faults in the order of the events of a stream: what is missing, comes twice, too early or too late, and what block it names. */
import type { StreamEvent } from '../../../spec/index.ts';
import { withAt } from '../acting.ts';
import type { KnownFault } from '../fault.ts';
import { type Fault, mapEvents } from '../reply-faults.ts';
import { spoiled, type Spoiled } from '../spoiling.ts';
import { before, behind, delay, drop, edit, put, twice, type Which } from '../stream-edits.ts';
import { callsStream, callStream, countStream, thoughtStream } from './stream-targets.ts';

const start: Which = { type: 'message_start' };
const blockStart: Which = { type: 'content_block_start' };
const delta: Which = { type: 'content_block_delta' };
const blockStop: Which = { type: 'content_block_stop' };
const end: Which = { type: 'message_delta' };
const stop: Which = { type: 'message_stop' };

const textDelta = (index: number) => ({ type: 'content_block_delta', index, delta: { type: 'text_delta', text: ' and so on' } });
const failure = { type: 'error', error: { type: 'api_error', message: 'The engine died.' } };
const indexed = (change: (index: number) => unknown, which: readonly Which[] = [blockStart, delta, blockStop]): Fault => {
  const edits = which.map((one) => edit(one, (event) => ('index' in event ? withAt(event, '/index', change(event.index)) : event)));
  return (reply, request) => edits.reduce((changed, spoil) => spoil(changed, request), reply);
};

const readBySdk = { 'sdk.stream.signature': 'The official SDK reads the same damaged block.' } as const;

const rows: readonly Spoiled[] = [
  {
    id: 'no-message-start',
    sentence: 'A stream begins with its first content block, without message_start.',
    trips: ['stream.order.message-start-first', 'messages.shape.valid'],
    spoils: drop(start),
  },
  {
    id: 'message-start-late',
    sentence: 'message_start comes with the first token, behind the start of its block.',
    trips: ['stream.order.message-start-first'],
    spoils: delay(start, blockStart),
  },
  {
    id: 'message-start-twice',
    sentence: 'message_start comes twice.',
    imitates: ['litellm#32357', 'llama.cpp#18551', 'ik_llama.cpp#1123'],
    trips: ['stream.order.message-start-once'],
    spoils: twice(start),
  },
  {
    id: 'no-block-start',
    sentence: 'Deltas come without the start of their block.',
    trips: ['stream.order.block-events-name-open-block'],
    spoils: drop(blockStart),
  },
  {
    id: 'block-start-twice',
    sentence: 'The start of a block comes twice.',
    imitates: ['litellm#32357', 'ik_llama.cpp#1123'],
    trips: ['stream.order.index-contiguous'],
    spoils: twice(blockStart),
  },
  {
    id: 'no-block-stop',
    sentence: 'A block is never stopped.',
    trips: ['stream.order.blocks-are-stopped'],
    spoils: drop(blockStop),
  },
  {
    id: 'block-stop-twice',
    sentence: 'A block is stopped twice.',
    trips: ['stream.order.blocks-are-stopped'],
    spoils: twice(blockStop),
  },
  {
    id: 'block-stop-late',
    sentence: 'A block is stopped behind the stop reason.',
    trips: ['stream.order.blocks-before-message-delta'],
    spoils: delay(blockStop, end),
  },
  {
    id: 'block-after-stop-reason',
    sentence: 'A tool call comes behind the stop reason.',
    trips: ['stream.order.blocks-before-message-delta'],
    spoils: behind(
      end,
      { type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } },
      { type: 'content_block_stop', index: 1 },
    ),
  },
  {
    id: 'delta-after-block-stop',
    sentence: 'A delta comes after its block has stopped.',
    trips: ['stream.order.block-events-name-open-block'],
    spoils: behind(blockStop, textDelta(0)),
  },
  {
    id: 'delta-index-off',
    sentence: 'Deltas name a block that was never started.',
    imitates: ['ollama#14816'],
    trips: ['stream.order.block-events-name-open-block'],
    spoils: indexed((index) => index + 1, [delta]),
  },
  {
    id: 'thinking-not-closed',
    sentence: 'The text starts while the thinking before it is still open.',
    imitates: ['bansos-router#3'],
    trips: ['stream.order.one-block-at-a-time'],
    touches: thoughtStream,
    spoils: delay({ ...blockStop, nth: 0 }, { ...blockStart, nth: 1 }),
  },
  {
    id: 'calls-interleaved',
    sentence: 'Two parallel tool calls are open at the same time.',
    trips: ['stream.order.one-block-at-a-time'],
    touches: callsStream,
    spoils: delay({ ...blockStop, nth: 1 }, { ...blockStart, nth: 2 }),
  },
  { id: 'no-index', sentence: 'Events of blocks carry no index.', trips: ['stream.order.index-integer'], spoils: indexed(() => undefined) },
  {
    id: 'index-text',
    sentence: 'The index of a block is a string.',
    trips: ['stream.order.index-integer'],
    spoils: indexed((index) => `${index}`),
  },
  {
    id: 'index-from-1',
    sentence: 'Blocks are numbered from 1.',
    trips: ['stream.order.index-contiguous'],
    spoils: indexed((index) => index + 1),
  },
  {
    id: 'index-always-0',
    sentence: 'Every block has the index 0.',
    trips: ['stream.order.index-contiguous'],
    mayTrip: readBySdk,
    touches: thoughtStream,
    spoils: indexed(() => 0),
  },
  {
    id: 'index-gap',
    sentence: 'The number of a dropped block is missing from the count.',
    trips: ['stream.order.index-contiguous'],
    mayTrip: readBySdk,
    touches: thoughtStream,
    spoils: indexed((index) => index * 2),
  },
  {
    id: 'text-in-thinking-block',
    sentence: 'Text comes as text_delta while the block of thinking is still open.',
    imitates: ['litellm#33224', 'litellm#25212'],
    trips: ['stream.order.delta-matches-block', 'messages.fields.known'],
    mayTrip: readBySdk,
    touches: thoughtStream,
    spoils: put({ ...delta, nth: 3 }, '/delta', { type: 'text_delta', text: ' 4' }),
  },
  {
    id: 'text-in-tool-block',
    sentence: 'Text comes as text_delta while a tool_use block is open.',
    imitates: ['sglang#24293', 'claude-code-router#1397'],
    trips: ['stream.order.delta-matches-block', 'messages.fields.known'],
    mayTrip: { 'history.echo.streamed-call-accepted': 'What the block folds to is refused when it comes back.' },
    touches: callStream,
    spoils: put({ ...delta, nth: 0 }, '/delta', { type: 'text_delta', text: 'Hm.' }),
  },
  {
    id: 'no-signature',
    sentence: 'A thinking block is stopped without a signature.',
    imitates: ['lmdeploy#4851', 'sglang#29242'],
    trips: ['stream.order.signature-once-and-last'],
    mayTrip: { 'messages.thinking.signed': 'The signature of the start, an empty one, stands.' },
    touches: thoughtStream,
    spoils: drop({ ...delta, where: isSignature }),
  },
  {
    id: 'signature-twice',
    sentence: 'The signature of a thinking block comes twice.',
    trips: ['stream.order.signature-once-and-last'],
    mayTrip: readBySdk,
    touches: thoughtStream,
    spoils: twice({ ...delta, where: isSignature }),
  },
  {
    id: 'signature-empty',
    sentence: 'The signature of a thinking block is empty.',
    trips: ['messages.thinking.signed'],
    mayTrip: readBySdk,
    touches: thoughtStream,
    spoils: put({ ...delta, where: isSignature }, '/delta/signature', ''),
  },
  {
    id: 'no-message-delta',
    sentence: 'A stream has no message_delta.',
    trips: ['stream.order.has-message-delta', 'stop.reason.present', 'usage.output.positive'],
    spoils: drop(end),
  },
  {
    id: 'message-stop-twice',
    sentence: 'message_stop comes twice.',
    trips: ['stream.order.message-stop-once'],
    spoils: twice(stop),
  },
  {
    id: 'usage-after-message-stop',
    sentence: 'The usage follows in a second message_delta behind message_stop.',
    trips: ['stream.order.nothing-after-message-stop'],
    spoils: behind(stop, { type: 'message_delta', delta: { stop_reason: 'max_tokens', stop_sequence: null }, usage: { output_tokens: 8 } }),
  },
  {
    id: 'message-stop-after-error',
    sentence: 'A failed stream ends with message_stop, as if it had succeeded.',
    trips: ['stream.order.error-is-last', 'stream.order.no-error-on-valid'],
    spoils: before(stop, failure),
  },
  {
    id: 'error-first',
    sentence: 'A failure before the first token is an error event in a stream with status 200.',
    trips: ['stream.order.error-not-first', 'stream.order.no-error-on-valid'],
    spoils: mapEvents((_, index) => (index === 0 ? failure : undefined)),
  },
  {
    id: 'error-midstream',
    sentence: 'Generation fails in the middle of a stream, and an error event says so.',
    trips: ['stream.order.no-error-on-valid'],
    spoils: mapEvents((event, index) => (index < 5 ? event : index === 5 ? failure : undefined)),
  },
];

function isSignature(event: StreamEvent): boolean {
  return event.type === 'content_block_delta' && event.delta.type === 'signature_delta';
}

export const orderFaults: readonly KnownFault[] = spoiled({ layer: 'sse', touches: countStream }, rows);
