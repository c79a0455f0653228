/** Faults in what the start of a content block and its deltas carry. */
import type { StreamEvent } from '../../../spec/index.ts';
import { withAt } from '../acting.ts';
import type { KnownFault } from '../fault.ts';
import { allFaults } from '../reply-faults.ts';
import { spoiled, type Spoiled } from '../spoiling.ts';
import { anew, behind, drop, edit, put, type Which } from '../stream-edits.ts';
import { callsStream, callStream, countStream, thoughtStream } from './stream-targets.ts';

const blockStart: Which = { type: 'content_block_start' };
const delta: Which = { type: 'content_block_delta' };

const sentBack = 'The damaged call is refused when it comes back.';
const noId = 'There is no id that could have a prefix.';

const rows: readonly Spoiled[] = [
  {
    id: 'block-start-bare',
    sentence: 'content_block_start has no content_block.',
    trips: ['stream.schema.block-start'],
    spoils: put(blockStart, '/content_block', undefined),
  },
  {
    id: 'text-start-without-text',
    sentence: 'A text block starts without the field text.',
    trips: ['stream.schema.block-start', 'stream.schema.text-start-empty'],
    spoils: put(blockStart, '/content_block/text', undefined),
  },
  {
    id: 'text-start-filled',
    sentence: 'The first piece of a text comes with the start of its block.',
    trips: ['stream.schema.text-start-empty'],
    spoils: allFaults(put(blockStart, '/content_block/text', '1,'), drop({ ...delta, nth: 0 })),
  },
  {
    id: 'tool-start-no-id',
    sentence: 'A tool_use block starts without an id.',
    trips: ['stream.schema.block-start'],
    mayTrip: { 'tools.id.prefix': noId, 'history.echo.streamed-call-accepted': sentBack },
    touches: callStream,
    spoils: put(blockStart, '/content_block/id', undefined),
  },
  {
    id: 'tool-start-id-null',
    sentence: 'A tool_use block starts before its id is known, with null in its place.',
    trips: ['stream.schema.block-start'],
    mayTrip: { 'tools.id.prefix': noId, 'history.echo.streamed-call-accepted': sentBack },
    touches: callStream,
    spoils: put(blockStart, '/content_block/id', null),
  },
  {
    id: 'tool-start-name-empty',
    sentence: 'A tool_use block starts before its name is known, with an empty one.',
    trips: ['stream.schema.block-start'],
    mayTrip: { 'history.echo.streamed-call-accepted': sentBack },
    touches: callStream,
    spoils: put(blockStart, '/content_block/name', ''),
  },
  {
    id: 'tool-start-no-input',
    sentence: 'A tool_use block starts without the field input.',
    trips: ['stream.schema.tool-start-input'],
    touches: callStream,
    spoils: put(blockStart, '/content_block/input', undefined),
  },
  {
    id: 'tool-start-input-text',
    sentence: 'A tool_use block starts with an empty string as input.',
    trips: ['stream.schema.tool-start-input'],
    touches: callStream,
    spoils: put(blockStart, '/content_block/input', ''),
  },
  {
    id: 'tool-input-in-start',
    sentence: 'The arguments of a call come with the start of its block, and no delta follows.',
    imitates: ['bifrost#1354', 'ccrelay#119'],
    trips: ['stream.schema.tool-start-input-empty'],
    touches: callStream,
    spoils: allFaults(put(blockStart, '/content_block/input', { fruit: 'apple' }), drop(delta)),
  },
  {
    id: 'tool-input-twice',
    sentence: 'The arguments of a call come with the start of its block, and again in deltas.',
    trips: ['stream.schema.tool-start-input-empty'],
    touches: callStream,
    spoils: put(blockStart, '/content_block/input', { fruit: 'apple' }),
  },
  {
    id: 'thinking-start-bare',
    sentence: 'A thinking block starts without the fields thinking and signature.',
    imitates: ['cc-switch#2557'],
    trips: ['stream.schema.thinking-start-empty'],
    mayTrip: { 'sdk.stream.signature': 'The SDK puts "undefined" in front of the thinking.' },
    touches: thoughtStream,
    spoils: put({ ...blockStart, nth: 0 }, '/content_block', { type: 'thinking' }),
  },
  {
    id: 'thinking-start-filled',
    sentence: 'A thinking block starts with its first word.',
    trips: ['stream.schema.thinking-start-empty'],
    touches: thoughtStream,
    spoils: put({ ...blockStart, nth: 0 }, '/content_block/thinking', 'Hm.'),
  },
  {
    id: 'delta-no-type',
    sentence: 'The delta of a block has no type.',
    trips: ['stream.schema.block-delta'],
    spoils: put({ ...delta, nth: 1 }, '/delta/type', undefined),
  },
  {
    id: 'text-delta-null',
    sentence: 'A text delta that has nothing to say has null as text.',
    trips: ['stream.schema.block-delta'],
    spoils: behind({ ...delta, nth: 0 }, { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: null } }),
  },
  {
    id: 'partial-json-object',
    sentence: 'partial_json is an object rather than a piece of JSON text.',
    trips: ['stream.schema.block-delta'],
    touches: callStream,
    spoils: allFaults(
      drop({ ...delta, where: (event) => !JSON.stringify(event).includes('"}"') }),
      put(delta, '/delta/partial_json', { fruit: 'apple' }),
    ),
  },
  {
    id: 'text-so-far',
    sentence: 'Every text delta holds all of the text so far.',
    trips: ['stream.schema.deltas-are-increments'],
    spoils: anew(() => {
      let sofar = '';
      return edit(delta, (event) => {
        if (event.type !== 'content_block_delta' || event.delta.type !== 'text_delta') return event;
        sofar += event.delta.text;
        return withAt(event, '/delta/text', sofar);
      });
    }),
  },
  {
    id: 'half-characters',
    sentence: 'An emoji is split over two text deltas, a surrogate in each.',
    trips: ['stream.schema.characters-whole'],
    spoils: allFaults(put({ ...delta, nth: 1 }, '/delta/text', '\uD83D'), put({ ...delta, nth: 2 }, '/delta/text', '\uDE00')),
  },
  {
    id: 'tool-first-fragment-lost',
    sentence: 'The first fragment of the arguments of a call is lost.',
    imitates: ['vllm#34887', 'vllm#42683', 'litellm#25216'],
    trips: ['stream.schema.tool-input-parses'],
    mayTrip: { 'history.echo.streamed-call-accepted': sentBack },
    touches: callStream,
    spoils: drop({ ...delta, nth: 1 }),
  },
  {
    id: 'tool-last-fragment-lost',
    sentence: 'The last fragment of the arguments of a call is lost.',
    imitates: ['vllm#31501'],
    trips: ['stream.schema.tool-input-parses'],
    mayTrip: { 'history.echo.streamed-call-accepted': sentBack },
    touches: callStream,
    spoils: drop({ ...delta, nth: 5 }),
  },
  {
    id: 'tool-json-twice-encoded',
    sentence: 'The arguments of a call are encoded twice: JSON in a JSON string.',
    trips: ['stream.schema.tool-input-parses'],
    mayTrip: { 'history.echo.streamed-call-accepted': sentBack },
    touches: callStream,
    spoils: allFaults(
      drop({ ...delta, where: (event) => !JSON.stringify(event).includes('"}"') }),
      put(delta, '/delta/partial_json', '"{\\"fruit\\":\\"apple\\"}"'),
    ),
  },
  {
    id: 'tool-args-mixed',
    sentence: 'The arguments of parallel calls end up in one block, one behind the other.',
    imitates: ['sglang#39782'],
    trips: ['stream.schema.tool-input-parses'],
    touches: callsStream,
    spoils: allFaults(
      drop({ type: 'content_block_stop', nth: 1 }),
      drop({ ...blockStart, nth: 2 }),
      put({ ...delta, where: isOfSecondCall }, '/index', 1),
      put({ type: 'content_block_stop', where: isOfSecondCall }, '/index', 1),
    ),
  },
];

/** A text comes before the calls. */
function isOfSecondCall(event: StreamEvent): boolean {
  return 'index' in event && event.index === 2;
}

export const schemaBlockFaults: readonly KnownFault[] = spoiled({ layer: 'sse', touches: countStream }, rows);
