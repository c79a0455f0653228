/** The events of content blocks: what a block starts with, and what its deltas and its stop hold. */
import type { GeneralCheck } from '../model/check.ts';
import { shown } from '../model/judgement.ts';
import { claudeCode, docs, sdkTypescript } from '../references.ts';
import { at, type StreamEvent } from '../reading.ts';
import { againstSchema, eventCheck } from './event-check.ts';

const startsBlock =
  (type: string) =>
  ({ data }: StreamEvent): boolean =>
    at(data, 'content_block', 'type') === type;

const toolInput = '/content_block/input';

export const blockStart: GeneralCheck = eventCheck({
  id: 'stream.schema.block-start',
  level: 'must',
  event: 'content_block_start',
  requirement: 'content_block_start carries a content_block with a type and the fields of that type; a tool_use block has its id and name.',
  covers: ['stream.block-start.content-block'],
  source: docs.sdkMessages,
  breaks: [claudeCode('refuses a tool call that has no id'), sdkTypescript('the tool result that answers it has no id either')],
  fix: 'Send name and id with the start, once both are known.',
  // The index has a check of its own, in stream.order, and so has the input of a call: clients that read its deltas do without it.
  deviations: againstSchema(({ pointer }) => pointer !== '/index' && pointer !== toolInput),
});

export const toolStartInput: GeneralCheck = eventCheck({
  id: 'stream.schema.tool-start-input',
  level: 'must',
  probes: ['tool-forced'],
  needs: ['tools'],
  after: ['stream.schema.block-start'],
  event: 'content_block_start',
  where: startsBlock('tool_use'),
  requirement: 'A tool_use block starts with an input, and it is an object.',
  covers: ['stream.block-start.tool-input-empty-object'],
  source: docs.sdkMessages,
  breaks: [],
  why: 'The SDKs read the arguments from the deltas. Where a call has none, its input stays undefined; stricter clients refuse the block.',
  bugs: ['cc-switch#2557'],
  fix: 'Send {} as input with the start.',
  deviations: againstSchema(({ pointer }) => pointer === toolInput),
});

export const toolStartInputEmpty: GeneralCheck = eventCheck({
  id: 'stream.schema.tool-start-input-empty',
  level: 'must',
  probes: ['tool-forced'],
  needs: ['tools'],
  after: ['stream.schema.tool-start-input'],
  event: 'content_block_start',
  where: startsBlock('tool_use'),
  requirement: 'A tool_use block starts with the input {}; its arguments come in input_json_delta events.',
  covers: ['stream.block-start.tool-input-empty-object', 'stream.delta.json-not-in-start-and-deltas'],
  source: docs.fineGrainedStreaming,
  breaks: [claudeCode('calls the tool with {} where the arguments come only with the start')],
  bugs: ['bifrost#1354'],
  fix: 'Send {} with the start and the arguments as one delta, if they are there at once.',
  deviations: ({ frame, data }) => {
    const input = at(data, 'content_block', 'input');
    return shown(input) === '{}' ? [] : [{ frame, pointer: '/content_block/input', expected: '{}', found: shown(input) }];
  },
});

export const textStartEmpty: GeneralCheck = eventCheck({
  id: 'stream.schema.text-start-empty',
  level: 'should',
  event: 'content_block_start',
  where: startsBlock('text'),
  requirement: 'A text block starts with an empty text; what it says comes in text_delta events.',
  covers: ['stream.block-start.text-empty', 'stream.delta.text-progress'],
  source: docs.streaming,
  breaks: [],
  why: 'Clients that print deltas never show what came with the start.',
  deviations: ({ frame, data }) => {
    const text = at(data, 'content_block', 'text');
    return text === '' ? [] : [{ frame, pointer: '/content_block/text', expected: '""', found: shown(text) }];
  },
});

export const thinkingStartEmpty: GeneralCheck = eventCheck({
  id: 'stream.schema.thinking-start-empty',
  level: 'should',
  probes: ['thinking'],
  needs: ['thinking'],
  event: 'content_block_start',
  where: startsBlock('thinking'),
  requirement: 'A thinking block starts with an empty thinking and an empty signature.',
  covers: ['stream.block-start.thinking-empty'],
  source: docs.thinking,
  breaks: [sdkTypescript('the text of a block that starts without thinking begins with "undefined"')],
  bugs: ['cc-switch#2557'],
  deviations: ({ frame, data }) =>
    ['thinking', 'signature']
      .filter((field) => at(data, 'content_block', field) !== '')
      .map((field) => ({ frame, pointer: `/content_block/${field}`, expected: '""', found: shown(at(data, 'content_block', field)) })),
});

export const blockDelta: GeneralCheck = eventCheck({
  id: 'stream.schema.block-delta',
  level: 'must',
  event: 'content_block_delta',
  requirement: 'content_block_delta carries a delta with a type and the string of that type: text, partial_json, thinking or signature.',
  covers: ['stream.delta.text-string', 'stream.delta.json-string', 'stream.delta.thinking-string', 'stream.delta.citations-single'],
  source: docs.sdkMessages,
  breaks: [
    sdkTypescript('the stream helper throws at partial_json that is an object'),
    claudeCode('ends with an error after four requests at partial_json that is an object'),
  ],
  deviations: againstSchema(({ pointer }) => pointer !== '/index'),
});

export const errorEvent: GeneralCheck = eventCheck({
  id: 'stream.schema.error-event',
  level: 'must',
  event: 'error',
  requirement: 'An error event carries the error envelope: type error, and an error with a type and a message.',
  covers: ['stream.error.shape', 'stream.error.request-id'],
  source: docs.errors,
  breaks: [sdkTypescript('throws an error without type or message, so that no caller can tell overload from a bad request')],
  bugs: ['vllm#46028'],
  deviations: againstSchema(),
});
