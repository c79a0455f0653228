/** Faults in what message_start, message_delta and error carry. */
import type { KnownFault } from '../fault.ts';
import { allFaults } from '../reply-faults.ts';
import { spoiled, type Spoiled } from '../spoiling.ts';
import { edit, put, type Which } from '../stream-edits.ts';
import { countStream } from './stream-targets.ts';

const start: Which = { type: 'message_start' };
const end: Which = { type: 'message_delta' };

/** An event that lacks a field, or has another value there. */
const startRows = (
  [
    ['message-start-no-type', '/message/type', undefined, 'has no type', ['vllm#45367']],
    ['message-start-no-role', '/message/role', undefined, 'has no role', ['vllm#45367']],
    ['message-start-no-id', '/message/id', undefined, 'has no id'],
    ['message-start-no-model', '/message/model', undefined, 'has no model'],
    ['message-start-no-content', '/message/content', undefined, 'has no content'],
    ['message-start-content-null', '/message/content', null, 'has null as content'],
    ['message-start-no-usage', '/message/usage', undefined, 'has no usage'],
    ['message-start-usage-null', '/message/usage', null, 'has null as usage'],
    ['message-start-tokens-text', '/message/usage/input_tokens', '13', 'counts its input tokens in a string'],
  ] as const
).map(([id, pointer, value, what, imitates = []]): Spoiled => ({
  id,
  sentence: `The message in message_start ${what}.`,
  imitates,
  trips: ['stream.schema.message-start'],
  spoils: put(start, pointer, value),
}));

const rows: readonly Spoiled[] = [
  ...startRows,
  {
    id: 'message-start-with-content',
    sentence: 'message_start holds the first text already, and the text block starts behind it.',
    trips: ['stream.schema.message-start-content-empty'],
    spoils: put(start, '/message/content', [{ type: 'text', text: '1,' }]),
  },
  {
    id: 'message-start-stopped',
    sentence: 'message_start names a stop reason, before anything was generated.',
    trips: ['stream.schema.message-start-not-stopped'],
    spoils: put(start, '/message/stop_reason', 'end_turn'),
  },
  {
    id: 'message-start-no-stop-keys',
    sentence: 'message_start leaves out stop_reason and stop_sequence, which are null.',
    trips: ['stream.schema.message-start-keys'],
    spoils: allFaults(put(start, '/message/stop_reason', undefined), put(start, '/message/stop_sequence', undefined)),
  },
  {
    id: 'message-delta-no-usage',
    sentence: 'message_delta has no usage.',
    trips: ['stream.schema.message-delta'],
    spoils: put(end, '/usage', undefined),
  },
  {
    id: 'usage-inside-delta',
    sentence: 'The usage of message_delta stands inside delta.',
    trips: ['stream.schema.message-delta', 'stream.schema.known-fields'],
    spoils: allFaults(put(end, '/delta/usage', { output_tokens: 8 }), put(end, '/usage', undefined)),
  },
  {
    id: 'message-delta-bare',
    sentence: 'message_delta has no delta: the stop reason stands beside usage.',
    trips: ['stream.schema.message-delta', 'stream.schema.known-fields'],
    spoils: allFaults(put(end, '/delta', undefined), put(end, '/stop_reason', 'max_tokens')),
  },
  {
    id: 'message-delta-tokens-text',
    sentence: 'A counter of message_delta that may be left out is a string.',
    trips: ['stream.schema.message-delta-usage-fields', 'usage.cache.counters-valid'],
    spoils: put(end, '/usage/cache_read_input_tokens', '0'),
  },
  {
    id: 'message-delta-no-stop-sequence',
    sentence: 'message_delta leaves out stop_sequence where it is null.',
    imitates: ['vllm#55324'],
    trips: ['stream.schema.message-delta-keys'],
    spoils: put(end, '/delta/stop_sequence', undefined),
  },
  {
    id: 'error-event-bare',
    sentence: 'An error event has a text where the error object belongs.',
    imitates: ['vllm#46028'],
    trips: ['stream.schema.error-event', 'stream.order.no-error-on-valid'],
    spoils: edit({ type: 'message_stop' }, () => ({ type: 'error', error: 'The engine died.' })),
  },
  {
    id: 'event-extra-field',
    sentence: 'message_stop carries numbers of the engine.',
    trips: ['stream.schema.known-fields'],
    spoils: put({ type: 'message_stop' }, '/timings', { predicted_ms: 12 }),
  },
];

export const schemaFaults: readonly KnownFault[] = spoiled({ layer: 'sse', touches: countStream }, rows);
