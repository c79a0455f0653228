/** Faults that the official SDK meets: answers that it cannot read, or that it reads as something else. Only its own requests are touched. */
import { putBody } from '../body-edits.ts';
import type { KnownFault } from '../fault.ts';
import { mapBody, replaceError, setHeader } from '../reply-faults.ts';
import { type Spoiled, spoiled } from '../spoiling.ts';
import { all, at, counts, has, mentions, models, plain, sample } from '../touching.ts';
import { sdkRunnerFaults } from './sdk-runner.ts';
import { sdkStreamFaults } from './sdk-stream.ts';
import { mapJson, mapList } from './shaping.ts';
import { bySdk, is } from './tools-shaping.ts';

const create = sample(all(bySdk, plain), at('/max_tokens', is(32)));
const badRequest = all(bySdk, plain, at('/messages/0', is(undefined)));
const unknownModel = all(bySdk, plain, mentions('no-such-model'));

const calls: readonly Spoiled[] = [
  {
    id: 'sdk-json-as-text',
    layer: 'headers',
    sentence: 'A message comes as text/plain, which the SDK does not parse.',
    trips: ['sdk.create.content', 'http.json.content-type'],
    spoils: setHeader('content-type', 'text/plain'),
  },
  {
    id: 'sdk-no-request-id',
    layer: 'headers',
    sentence: 'An answer has no request-id.',
    trips: ['sdk.create.request-id', 'http.response.request-id'],
    spoils: setHeader('request-id', undefined),
  },
  {
    id: 'sdk-usage-absent',
    sentence: 'A message has no usage.',
    trips: ['sdk.create.content', 'usage.shape.valid'],
    spoils: putBody('/usage', undefined),
  },
  {
    id: 'sdk-invalid-422',
    layer: 'status',
    sentence: 'A mistake in a request is answered 422.',
    trips: ['sdk.error.bad-request-class', 'errors.status.invalid-is-400'],
    touches: badRequest,
    spoils: replaceError(() => ({ status: 422 })),
  },
  {
    id: 'sdk-model-400',
    layer: 'status',
    sentence: 'A model that does not exist is answered 400.',
    trips: ['sdk.error.not-found-class'],
    touches: unknownModel,
    spoils: replaceError((envelope) => ({
      status: 400,
      body: { ...envelope, error: { ...envelope.error, type: 'invalid_request_error' } },
    })),
  },
  {
    id: 'sdk-error-untyped',
    sentence: 'An error says no type inside.',
    trips: ['sdk.error.type', 'errors.envelope.error-object'],
    touches: badRequest,
    spoils: replaceError((envelope) => ({ body: { ...envelope, error: { message: envelope.error.message } } })),
  },
  {
    id: 'sdk-count-as-text',
    layer: 'headers',
    sentence: 'A count comes as text/plain, which the SDK does not parse.',
    trips: ['sdk.count-tokens.number', 'http.json.content-type'],
    touches: all(bySdk, counts),
    spoils: setHeader('content-type', 'text/plain'),
  },
  {
    id: 'sdk-first-page-again',
    layer: 'behaviour',
    sentence: 'Every page of models is the first.',
    trips: ['sdk.models.pages-end'],
    touches: all(bySdk, models, ({ query }) => query.has('limit')),
    spoils: mapList((page, data) => ({
      ...page,
      data: data.map((entry) => ({ ...entry, id: 'mock-model' })),
      first_id: 'mock-model',
      last_id: 'mock-model',
    })),
  },
  {
    id: 'sdk-model-without-id',
    sentence: 'A model that is asked for alone has no id.',
    trips: ['sdk.models.retrieve'],
    touches: all(bySdk, models, ({ path }) => path !== '/v1/models'),
    spoils: mapJson(({ id: _id, ...model }) => model),
  },
  {
    id: 'sdk-fenced-json',
    layer: 'behaviour',
    sentence: 'JSON that was asked for comes in a code fence.',
    trips: ['sdk.parse.output'],
    touches: all(bySdk, plain, has('/output_config/format')),
    spoils: mapBody((message) => ({
      ...message,
      content: message.content.map((block) => (block.type === 'text' ? { ...block, text: `\`\`\`json\n${block.text}\n\`\`\`` } : block)),
    })),
  },
];

export const sdkFaults: readonly KnownFault[] = [
  ...spoiled({ layer: 'json', touches: create }, calls),
  ...sdkStreamFaults,
  ...sdkRunnerFaults,
];
