/** Faults by which a stream and the answer without stream tell different stories. */
import type { Message } from '../../../spec/index.ts';
import { putBody } from '../body-edits.ts';
import type { KnownFault } from '../fault.ts';
import { allFaults, mapBody } from '../reply-faults.ts';
import { spoiled } from '../spoiling.ts';
import { drop, put } from '../stream-edits.ts';
import { countStream, helloPlain, helloStream } from './stream-targets.ts';

const start = { type: 'message_start' } as const;
const end = { type: 'message_delta' } as const;
const cacheCounters = ['cache_creation_input_tokens', 'cache_read_input_tokens'] as const;

function halves({ content }: Message): readonly unknown[] {
  return content.flatMap((block): readonly unknown[] =>
    block.type === 'text'
      ? [
          { ...block, text: block.text.slice(0, 3) },
          { ...block, text: block.text.slice(3) },
        ]
      : [block],
  );
}

export const parityFaults: readonly KnownFault[] = spoiled({ layer: 'behaviour', touches: helloStream }, [
  {
    id: 'container-without-stream',
    sentence: 'A container is named without stream only.',
    trips: ['parity.message.same-fields'],
    touches: helloPlain,
    spoils: putBody('/container', { id: 'container_1', expires_at: '2099-01-01T00:00:00Z' }),
  },
  {
    id: 'model-differs-in-stream',
    sentence: 'A stream gives the model another name than the answer without stream.',
    trips: ['parity.model.same'],
    spoils: put(start, '/message/model', 'mock-model-q4'),
  },
  {
    id: 'blocks-split-without-stream',
    sentence: 'The text of a reply is one block in a stream and two without.',
    trips: ['parity.content.same-block-types'],
    touches: helloPlain,
    spoils: mapBody((message) => ({ ...message, content: halves(message) })),
  },
  {
    id: 'citations-in-stream',
    sentence: 'Text blocks have citations, empty ones, in a stream only.',
    trips: ['parity.content.same-block-fields'],
    spoils: put({ type: 'content_block_start' }, '/content_block/citations', []),
  },
  {
    id: 'input-differs-in-stream',
    sentence: 'A stream counts another number of input tokens than the answer without stream.',
    trips: ['parity.usage.same-input'],
    spoils: allFaults(put(start, '/message/usage/input_tokens', 12), put(end, '/usage/input_tokens', 12)),
  },
  {
    id: 'output-counts-events',
    sentence: 'The output tokens of a stream are the number of its events.',
    trips: ['parity.usage.same-output'],
    spoils: put(end, '/usage/output_tokens', 8),
  },
  {
    id: 'no-cache-counters-in-stream',
    sentence: 'The usage of a stream says nothing of the cache, that of an answer without stream does.',
    imitates: ['vllm#45079', 'vllm#33923', 'omlx#912'],
    trips: ['parity.usage.same-fields'],
    spoils: allFaults(
      ...cacheCounters.flatMap((name) => [put(start, `/message/usage/${name}`, undefined), put(end, `/usage/${name}`, undefined)]),
    ),
  },
  {
    id: 'stop-reason-differs-in-stream',
    sentence: 'The same reply ends with another stop reason in a stream.',
    trips: ['parity.stop-reason.same'],
    mayTrip: { 'stop.max-tokens.stream': 'The stream was cut, and does not say so.' },
    touches: countStream,
    spoils: put(end, '/delta/stop_reason', 'end_turn'),
  },
  {
    id: 'first-text-lost',
    sentence: 'The text that comes with the first chunk of the engine is missing from a stream.',
    imitates: ['litellm#30014'],
    trips: ['parity.text.nothing-lost'],
    spoils: drop({ type: 'content_block_delta', nth: 0 }),
  },
  {
    id: 'last-text-lost',
    sentence: 'The text that comes with the finishing chunk of the engine is missing from a stream.',
    imitates: ['sglang#34214'],
    trips: ['parity.text.nothing-lost'],
    spoils: drop({ type: 'content_block_delta', nth: 1 }),
  },
]);
