/** The official SDK against servers that go wrong: what happens to it is found, and said. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import type { RunRecord } from '../../spec/index.ts';
import type { JsonObject } from '../../spec/json.ts';
import schema from '../../spec/schemas/run-record.json' with { type: 'json' };
import { judgeRecord } from '../offline/index.ts';
import { run } from '../run.ts';
import { framed, sdkServer, type Ways } from './sdk-server.fixture.ts';

async function recordOf(ways: Ways): Promise<RunRecord> {
  await using server = await sdkServer(ways);
  return await run({ baseUrl: server.url, model: 'm', timeoutMs: 2000, only: ['sdk.*'] });
}

/** Checks that failed, each with what they found; and harness errors. */
const troubles = ({ verdicts }: RunRecord): readonly string[] =>
  verdicts
    .filter(({ check, outcome }) => check.startsWith('sdk.') && ['fail', 'warn', 'info', 'harness-error'].includes(outcome))
    .map(({ check, outcome, findings, reason }) => `${outcome} ${check}: ${reason ?? findings[0]?.found}`);

const typed = (event: JsonObject): string => String(event['type']);
/** Replaces events of a type. */
const changed = (type: string, change: (event: JsonObject) => readonly JsonObject[]) => (events: readonly JsonObject[]) =>
  framed(events.flatMap((event) => (typed(event) === type ? change(event) : [event])));
const data = (events: readonly JsonObject[]): string => events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');

test('a server without fault has none, and every check but the one on error events is judged', async () => {
  const record = await recordOf({});
  expect(troubles(record)).toEqual([]);
  const open = record.verdicts.filter(({ check, outcome }) => check.startsWith('sdk.') && outcome !== 'pass');
  expect(open.map(({ check, outcome }) => `${outcome} ${check}`)).toEqual(['not-applicable sdk.stream.error-typed']);
});

const noMessage = 'the SDK throws AnthropicError: "stream ended without producing a Message with role=assistant"';

const flaws: Readonly<Record<string, readonly [Ways, readonly string[]]>> = {
  'events without names': [
    { stream: data },
    [
      'fail sdk.stream.every-event: 0, then AnthropicError: "request ended without sending any chunks"',
      'fail sdk.stream.tool-input: the SDK throws AnthropicError: "request ended without sending any chunks"',
      'fail sdk.stream.signature: the SDK throws AnthropicError: "request ended without sending any chunks"',
    ],
  ],
  'no message_stop': [
    { stream: changed('message_stop', () => []) },
    [`fail sdk.stream.final-message: ${noMessage}`, `fail sdk.stream.tool-input: ${noMessage}`, `fail sdk.stream.signature: ${noMessage}`],
  ],
  'a message_delta without usage': [
    { stream: changed('message_delta', (event) => [{ ...event, usage: undefined }]) },
    [
      `fail sdk.stream.final-message: the SDK throws AnthropicError: "Cannot read properties of undefined (reading 'output_tokens')"`,
      `fail sdk.stream.tool-input: the SDK throws AnthropicError: "Cannot read properties of undefined (reading 'output_tokens')"`,
      `fail sdk.stream.signature: the SDK throws AnthropicError: "Cannot read properties of undefined (reading 'output_tokens')"`,
    ],
  ],
  'two message_start': [
    { stream: changed('message_start', (event) => [event, event]) },
    ['final-message', 'tool-input', 'signature'].map(
      (rule) =>
        String.raw`fail sdk.stream.${rule}: the SDK throws AnthropicError: "Unexpected event order, got message_start before receiving \"message_stop\""`,
    ),
  ],
  'block numbers from 1': [
    { stream: (events) => framed(events.map((event) => ('index' in event ? { ...event, index: Number(event['index']) + 1 } : event))) },
    [
      'fail sdk.stream.equals-bytes: [{"type":"text","text":""}]',
      'fail sdk.stream.tool-input: {}',
      'fail sdk.stream.signature: [{"type":"thinking","thinking":"","signature":""},{"type":"text","text":""}]',
    ],
  ],
  'a count of 0 in message_delta': [
    { stream: changed('message_delta', (event) => [{ ...event, usage: { input_tokens: 0, output_tokens: 2 } }]) },
    ['fail sdk.stream.usage: {"input_tokens":0,"output_tokens":2}'],
  ],
  'an event before message_start': [
    { stream: (events) => framed([{ type: 'hello' }, ...events]) },
    ['warn sdk.stream.nothing-before-start: "hello"'],
  ],
  'an error event without a type': [
    { stream: (events) => framed([...events.slice(0, 2), { type: 'error', error: { message: 'down' } }]) },
    [
      'fail sdk.stream.final-message: the SDK throws APIError: "{\\"type\\":\\"error\\",\\"error\\":{\\"message\\":\\"down\\"}}"',
      'fail sdk.stream.error-typed: APIError: "{\\"type\\":\\"error\\",\\"error\\":{\\"message\\":\\"down\\"}}"',
      'fail sdk.stream.tool-input: the SDK throws APIError: "{\\"type\\":\\"error\\",\\"error\\":{\\"message\\":\\"down\\"}}"',
      'fail sdk.stream.signature: the SDK throws APIError: "{\\"type\\":\\"error\\",\\"error\\":{\\"message\\":\\"down\\"}}"',
    ],
  ],
  'tool arguments that are no JSON': [
    { stream: changed('content_block_delta', (event) => [{ ...event, delta: { ...Object(event['delta']), partial_json: '}{' } }]) },
    [`fail sdk.stream.tool-input: the SDK throws AnthropicError: ${JSON.stringify(`Unexpected token '}', "}{" is not valid JSON`)}`],
  ],
  'a signature in two pieces': [
    {
      stream: changed('content_block_delta', (event) => (JSON.stringify(event).includes('signature_delta') ? [event, event] : [event])),
    },
    ['fail sdk.stream.signature: 2: all but the last are lost'],
  ],
  'refusals of status 500': [
    { refusal: [500, '{"type":"error","error":{"type":"api_error","message":"boom"}}'] },
    ['fail sdk.error.bad-request-class: InternalServerError, of status 500', 'fail sdk.error.type: "api_error"'],
  ],
  'refusals that are no JSON': [{ refusal: [400, 'Bad Request'] }, ['fail sdk.error.type: nothing']],
  'a stop_reason of end_turn for a call': [
    { message: (message) => ({ ...message, stop_reason: 'end_turn' }) },
    ['fail sdk.tool-runner.runs-tool: it was not: stop_reason "end_turn"'],
  ],
  'threads taken and not kept': [
    { thread: 'ignored' },
    ['warn sdk.tool-runner.thread-history: 200 to a lone tool_result: the thread was ignored'],
  ],
  'threads refused like any unknown field': [
    { thread: 'refused' },
    [
      String.raw`warn sdk.tool-runner.thread-works: the SDK throws BadRequestError: "400 {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"thread: is not supported\"},\"re...`,
    ],
  ],
  'threads that are kept': [{ thread: 'kept' }, []],
  'pages that never end': [
    { models: () => ({ data: [{ id: 'm' }], has_more: true, first_id: 'm', last_id: 'm' }) },
    ['fail sdk.models.pages-end: page 2 is page 1 again: it begins with "m"'],
  ],
  'pages without a way on': [
    { models: () => ({ data: [{ id: 'm' }], has_more: true, first_id: 'm', last_id: null }) },
    ['fail sdk.models.pages-end: null'],
  ],
  'prose instead of JSON': [
    {
      message: (message) => ({
        ...message,
        content: [Array.isArray(message['content']) ? message['content'][0] : null, { type: 'text', text: 'So be it.' }],
      }),
    },
    [
      'fail sdk.parse.output: the SDK throws AnthropicError: "Failed to parse structured output: SyntaxError: Unexpected token \'S\', \\"So be it.\\" is not valid JSON"',
    ],
  ],
};

test.each(Object.entries(flaws))('%s', async (_, [ways, expected]) => {
  expect(troubles(await recordOf(ways))).toEqual(expected);
});

test('an error event with a type is thrown with it', async () => {
  const { verdicts } = await recordOf({
    stream: (events) => framed([...events.slice(0, 2), { type: 'error', error: { type: 'overloaded_error', message: 'later' } }]),
  });
  expect(verdicts.find(({ check }) => check === 'sdk.stream.error-typed')?.outcome).toBe('pass');
});

test('a record is judged again without the SDK, and is as its schema says', async () => {
  const text = JSON.stringify(await recordOf({ thread: 'ignored', stream: changed('message_stop', () => []) }));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by ourselves, and validated below
  const record = JSON.parse(text) as RunRecord;
  const validate = new Ajv2020({ strict: true }).compile(schema);
  expect([validate(record), validate.errors]).toEqual([true, null]);
  const again = judgeRecord(record, { clients: [] });
  expect(troubles(again).length).toBeGreaterThan(3);
  expect(again.verdicts).toEqual(record.verdicts);
});
