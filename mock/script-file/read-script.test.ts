// The reader and the published schema must agree on what a script is; the reader says it better.
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import schema from '../../spec/schemas/mock-script.json' with { type: 'json' };
import { createMock, type Mock } from '../index.ts';
import { readScript } from './read-script.ts';

const fits = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);

function scripted(document: unknown): Mock {
  const mock = createMock();
  readScript(document)(mock);
  return mock;
}

function ask(mock: Mock, content: unknown, more: Readonly<Record<string, unknown>> = {}): Promise<Response> {
  const headers = { 'content-type': 'application/json', 'anthropic-version': '2023-06-01', 'x-api-key': 'test', 'x-team': 'red' };
  const body = { model: 'mock-model', max_tokens: 500, messages: [{ role: 'user', content }], ...more };
  return mock.fetch('http://mock/v1/messages', { method: 'POST', headers, body: JSON.stringify(body) });
}

const tools = [{ name: 'get_weather', input_schema: { type: 'object' } }];

describe('A script', () => {
  test('queues replies, then answers by rules, the last one first, then by its default', async () => {
    const mock = scripted({
      $schema: 'x',
      once: ['first', { say: ['sec', 'ond'] }],
      rules: [
        { when: { lastUser: { $regex: '^WEATHER', $flags: 'i' } }, reply: 'older' },
        { when: { lastUser: { $regex: '^WEATHER', $flags: 'i' } }, reply: 'newer', times: 1 },
        { when: { header: { 'X-Team': 'red' }, max_tokens: 7 }, reply: 'seven' },
        { when: { messages: [{ content: 'exactly' }] }, reply: 'exact' },
      ],
      otherwise: 'else',
    });
    const asked: readonly (readonly [string, number?])[] = [['a'], ['b'], ['Weather?'], ['weather'], ['c', 7], ['exactly'], ['d']];
    const said: string[] = [];
    for (const [content, max_tokens = 500] of asked) {
      const message: { readonly content: readonly { readonly text: string }[] } = await (await ask(mock, content, { max_tokens })).json();
      said.push(message.content[0]?.text ?? '');
    }
    expect(said).toEqual(['first', 'second', 'newer', 'older', 'seven', 'exact', 'else']);
    mock.verify();
  });

  test('says every kind of content, with usage and a stop reason', async () => {
    const mock = scripted({
      once: [
        {
          content: [
            { think: 'Let me see.', signature: 'sig' },
            'Looking ',
            { say: 'it up.' },
            { redacted: 'abc' },
            { block: { type: 'text', text: 'cited', citations: null } },
            { useTool: 'get_weather', input: { city: 'Paris' }, id: 'toolu_1', fragments: ['{"city":', '"Paris"}'] },
          ],
          usage: { cache_read_input_tokens: 9 },
          stop: 'pause_turn',
          headers: { 'x-served-by': 'file' },
        },
      ],
    });
    const response = await ask(mock, 'Hi', { tools });
    expect(response.headers.get('x-served-by')).toBe('file');
    expect(await response.json()).toMatchObject({
      content: [
        { type: 'thinking', thinking: 'Let me see.', signature: 'sig' },
        { type: 'text', text: 'Looking it up.' },
        { type: 'redacted_thinking', data: 'abc' },
        { type: 'text', text: 'cited' },
        { type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: { city: 'Paris' } },
      ],
      stop_reason: 'pause_turn',
      usage: { cache_read_input_tokens: 9 },
    });
  });

  test('answers with errors and their headers', async () => {
    const mock = scripted({
      once: [
        { error: 'overloaded_error', retryAfter: 2 },
        { error: 'rate_limit_error', message: 'Slow down.', limits: { tokens: { limit: 10, remaining: 0 } } },
        { error: 'api_error', status: 503, headers: { 'x-a': 'b' }, details: { code: 1 } },
      ],
    });
    const answers = [await ask(mock, 'a'), await ask(mock, 'b'), await ask(mock, 'c')];
    expect(answers.map(({ status }) => status)).toEqual([529, 429, 503]);
    expect(answers[0]?.headers.get('retry-after')).toBe('2');
    expect(answers[1]?.headers.get('anthropic-ratelimit-tokens-limit')).toBe('10');
    expect(await answers[1]?.json()).toMatchObject({ error: { message: 'Slow down.' } });
    expect(await answers[2]?.json()).toMatchObject({ error: { details: { code: 1 } } });
  });

  test.each([
    ['truncate', 'content_block_delta', undefined],
    [{ fail: 'overloaded_error', message: 'Sorry' }, 'error', undefined],
    ['reset', undefined, 'terminated'],
  ])('breaks off: %j', async (ending, lastEvent, error) => {
    const mock = scripted({ once: [{ content: ['ab', { raw: ': noise\n\n' }, { wait: 1 }], pace: { tokensPerSecond: 1000 }, ending }] });
    const response = await ask(mock, 'Hi', { stream: true });
    if (error !== undefined) await expect(response.text()).rejects.toThrow(error);
    else {
      const text = await response.text();
      expect(text).toContain(': noise');
      expect(/event: (\w+)\n.*\n\n$/.exec(text.replace(': noise\n\n', ''))?.[1]).toBe(lastEvent);
    }
  });
});

test.each([
  {},
  { once: [], faults: ['no-request-id'] },
  { once: [['a', { say: ['b'] }]], rules: [], otherwise: { useTool: 'x' } },
  { once: [{ content: [], stop: { reason: 'stop_sequence', sequence: '\n' } }] },
  { once: [{ content: ['a'], pace: {}, ending: 'stall' }] },
  { rules: [{ when: {}, reply: { raw: 'x' } }] },
  { rules: [{ when: { tools: [{ name: { $regex: 'a|b' } }], stream: true, system: null, toolResult: false }, reply: [] }] },
])('The schema and the reader both accept %j', (document) => {
  expect(fits(document)).toBe(true);
  expect(() => scripted(document)).not.toThrow();
});

test.each<readonly [unknown, string]>([
  [[], 'the script must be an object with $schema, once, rules, otherwise and faults, not an array.'],
  [{ oncee: [] }, '/oncee is unknown; allowed are $schema, once, rules, otherwise and faults.'],
  [{ faults: 'x' }, '/faults must be a list of ids of known faults, not "x".'],
  [{ faults: ['x', ''] }, '/faults/1 must be a text that is not empty, not "".'],
  [{ once: 'Hello' }, '/once must be a list of replies, not "Hello".'],
  [{ once: [''] }, '/once/0 must be a text that is not empty, not "".'],
  [
    { once: [5] },
    '/once/0 must be a text, a list of steps, or an object with say, think, useTool, redacted, block, raw, wait, content or error, not 5.',
  ],
  [
    { once: [{ sya: 'x' }] },
    '/once/0 must be a text, a list of steps, or an object with say, think, useTool, redacted, block, raw, wait, content or error, not an object.',
  ],
  [
    { once: [[{ sya: 'x' }]] },
    '/once/0/0 must be a text or an object with say, think, useTool, redacted, block, raw or wait, not an object.',
  ],
  [{ once: [{ say: 'x', signature: 'y' }] }, '/once/0/signature is unknown; allowed is say.'],
  [{ once: [{ say: [] }] }, '/once/0/say must be a text or a list of texts, not an array.'],
  [{ once: [{ say: ['a', 1] }] }, '/once/0/say/1 must be a text that is not empty, not 1.'],
  [{ once: [{ useTool: '' }] }, '/once/0/useTool must be a text that is not empty, not "".'],
  [{ once: [{ useTool: 'x', input: [] }] }, '/once/0/input must be an object, not an array.'],
  [{ once: [{ useTool: 'x', id: 'a b' }] }, '/once/0/id must be letters, digits, "_" and "-", not "a b".'],
  [{ once: [{ wait: -1 }] }, '/once/0/wait must be a number from 0 on, not -1.'],
  [{ once: [{ content: ['a'], pace: { ttft: -1 } }] }, '/once/0/pace/ttft must be a number from 0 on, not -1.'],
  [{ once: [{ content: ['a'], pace: { jitter: 2 } }] }, '/once/0/pace/jitter must be a number from 0 to 1, not 2.'],
  [
    { once: [{ content: ['a'], stop: 'done' }] },
    '/once/0/stop must be "end_turn", "max_tokens", "stop_sequence", "tool_use", "pause_turn", "refusal" or "model_context_window_exceeded", not "done".',
  ],
  [
    { once: [{ content: ['a'], stop: 'stop_sequence' }] },
    '/once/0/stop/sequence belongs to the reason "stop_sequence", and is required there.',
  ],
  [{ once: [{ content: ['a'], ending: 'explode' }] }, '/once/0/ending must be "reset", "stall" or "truncate", not "explode".'],
  [
    { once: [{ error: 'overloaded' }] },
    '/once/0/error must be "invalid_request_error", "authentication_error", "billing_error", "permission_error", "not_found_error", "conflict_error", "request_too_large", "rate_limit_error", "api_error", "timeout_error" or "overloaded_error", not "overloaded".',
  ],
  [{ once: [{ error: 'api_error', status: 200 }] }, '/once/0/status must be a whole number from 400 to 599, not 200.'],
  [
    { once: [{ error: 'api_error', limits: { tokens: { limit: 1 } } }] },
    '/once/0/limits/tokens/remaining must be a number from 0 on, not absent.',
  ],
  [{ rules: [{ reply: 'x' }] }, '/rules/0/when must be an object such as {"lastUser": {"$regex": "weather"}}, not absent.'],
  [
    { rules: [{ when: {} }] },
    '/rules/0/reply must be a text, a list of steps, or an object with say, think, useTool, redacted, block, raw, wait, content or error, not absent.',
  ],
  [{ rules: [{ when: {}, reply: 'x', times: 0 }] }, '/rules/0/times must be a number from 1 on, not 0.'],
  [{ rules: [{ when: { lastUser: 5 }, reply: 'x' }] }, '/rules/0/when/lastUser must be a text or {"$regex": "..."}, not 5.'],
  [
    { rules: [{ when: { model: { $regex: 'a', $flags: 'g' } }, reply: 'x' }] },
    '/rules/0/when/model/$flags must be some of i, m, s, u and v, not "g".',
  ],
])('The schema and the reader both refuse %j', (document, sentence) => {
  expect(fits(document)).toBe(false);
  expect(() => scripted(document)).toThrow(expect.objectContaining({ message: sentence }));
});

test.each<readonly [unknown, string]>([
  [{ $schema: 5 }, '/$schema must be a text, not 5.'],
  [
    { rules: [{ when: { lastuser: 'x' }, reply: 'x' }] },
    '/rules/0/when/lastuser is no field of a request; known are lastUser, toolResult,',
  ],
  [{ rules: [{ when: { constructor: 'x' }, reply: 'x' }] }, '/rules/0/when/constructor is no field of a request'],
  [{ rules: [{ when: { 'a/b.c[0]': 'x' }, reply: 'x' }] }, '/rules/0/when/a~1b.c[0] is no field of a request'],
  [{ once: [{ content: ['a'], usage: { input_tokens: -1 } }] }, '/once/0/usage/input_tokens must be a number of at least 0, not -1.'],
  [{ once: [{ content: ['a'], usage: { hasOwnProperty: 1 } }] }, '/once/0/usage/hasOwnProperty is unknown; known are input_tokens,'],
  [{ once: [{ useTool: 'get weather' }] }, '/once/0/useTool must be at most 128 letters'],
])('The schema and the reader both refuse %j, with the place', (document, beginning) => {
  expect(fits(document)).toBe(false);
  expect(() => scripted(document)).toThrow(beginning);
});

test.each<readonly [unknown, string]>([
  [
    { rules: [{ when: { lastUser: { $regex: '(' } }, reply: 'x' }] },
    '/rules/0/when/lastUser/$regex must be a regular expression of JavaScript: ',
  ],
  [{ once: [{ block: { type: 'txet' } }] }, '/once/0/block/type must be one of "text", '],
  [{ once: [{ block: { type: 'text' } }] }, '/once/0/block/text is required.'],
  [{ once: [{ useTool: 'x', input: {}, fragments: ['{'] }] }, '/once/0/fragments must concatenate to the input, {}, not to {.'],
  [{ once: [{ content: ['a'], headers: { 'a b': 'x' } }] }, '/once/0/headers "a b" is not a header name.'],
])('The reader refuses what no schema can: %j', (document, beginning) => {
  expect(() => scripted(document)).toThrow(beginning);
});

test('What is nested too deeply to walk is refused, too', () => {
  const input: unknown = JSON.parse(`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`);
  expect(() => scripted({ once: [{ useTool: 'x', input }] })).toThrow(/^\/once\/0\/input(?:\/a)+ must not nest deeper than 1000 levels\.$/);
});
