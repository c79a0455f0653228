/** Faults of requests that are under way at the same time. */
import { errorReply } from '../../../endpoint/json-reply.ts';
import { ApiError } from '../../../endpoint/index.ts';
import { says } from '../acting.ts';
import type { KnownFault } from '../fault.ts';
import { put } from '../stream-edits.ts';
import { all, counts, mentions, plain, streams } from '../touching.ts';
import { acted } from './acted.ts';
import { oneAfterTheOther, oneSlot, swaps } from './gates.ts';

const planting = mentions('"plant_');
const plantingStreams = all(streams, planting);
const plantingPlain = all(plain, planting);
const full = () => errorReply(new ApiError('api_error', 'The model is in use.'), 'req_of_a_fault');

export const concurrencyFaults: readonly KnownFault[] = acted({ layer: 'behaviour', act: swaps }, [
  {
    id: 'one-slot-for-streams',
    sentence: 'A stream that is asked for while another one is made ends in a 500.',
    trips: ['concurrency.stream.accepted'],
    touches: plantingStreams,
    act: oneSlot(full),
  },
  {
    id: 'one-slot-without-stream',
    sentence: 'A request that comes while another one is answered ends in a 500.',
    trips: ['concurrency.json.accepted'],
    touches: plantingPlain,
    act: oneSlot(full),
  },
  {
    id: 'streams-swapped',
    sentence: 'Two streams that are made at the same time go to the wrong clients.',
    trips: ['concurrency.stream.own-answer'],
    mayTrip: { 'tools.name.offered': 'The tools of the answers are those of other requests.' },
    touches: plantingStreams,
  },
  {
    id: 'answers-swapped',
    sentence: 'Two answers that are ready at the same time go to the wrong clients.',
    trips: ['concurrency.json.own-answer'],
    mayTrip: { 'tools.name.offered': 'The tools of the answers are those of other requests.' },
    touches: plantingPlain,
  },
  {
    id: 'counts-swapped',
    sentence: 'Two counts that are ready at the same time go to the wrong clients.',
    trips: ['concurrency.count.own-answer'],
    touches: all(counts, mentions('Say hello to the ')),
  },
  {
    id: 'message-ids-by-millisecond',
    layer: 'sse',
    sentence: 'The id of a message is the time: those of the same moment are the same.',
    trips: ['concurrency.stream.message-ids-unique'],
    touches: plantingStreams,
    act: says(put({ type: 'message_start' }, '/message/id', 'msg_1763000000000')),
  },
  {
    id: 'call-ids-by-millisecond',
    layer: 'sse',
    sentence: 'The id of a call is the time: those of the same moment are the same.',
    imitates: ['vllm#34053'],
    trips: ['concurrency.stream.tool-ids-unique'],
    touches: plantingStreams,
    act: says(put({ type: 'content_block_start' }, '/content_block/id', 'toolu_1763000000000')),
  },
  {
    id: 'streams-in-a-row',
    layer: 'timing',
    sentence: 'Streams are made one after the other.',
    trips: ['concurrency.stream.side-by-side'],
    mayTrip: { 'silence.json.in-time': 'On a busy machine, as its clock runs a thousand times as fast.' },
    touches: plantingStreams,
    act: oneAfterTheOther(5),
  },
]);
