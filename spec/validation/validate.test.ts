import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describeProblem } from './problem.ts';
import { validate, type SchemaName } from './validate.ts';

/** A message as servers send it, without the nullable fields that may be absent. */
const message = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'm',
  content: [{ type: 'text', text: 'hi' }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 3, output_tokens: 1 },
};

const told = (schema: SchemaName, value: unknown): readonly string[] =>
  validate(schema, value).map((problem) => `${problem.level} ${describeProblem(problem)}`);

const request = (more: object): unknown => ({ model: 'm', max_tokens: 1, messages: [{ role: 'user', content: 'hi' }], ...more });

test('a minimal request and a minimal response have no problems', () => {
  expect(validate('messages-request', request({}))).toEqual([]);
  expect(validate('message', message)).toEqual([]);
  expect(validate('count-tokens', { input_tokens: 0 })).toEqual([]);
  expect(validate('error', { type: 'error', error: { type: 'api_error', message: 'x' } })).toEqual([]);
});

test('a problem names the field inside the branch that the type chose', () => {
  expect(told('content-block-param', { type: 'image', source: { type: 'base64', media_type: 'image/bmp', data: 'AA==' } })).toEqual([
    'error source.media_type: must be one of "image/jpeg", "image/png", "image/gif", "image/webp"',
  ]);
  expect(told('content-block-param', { type: 'tool_use', id: 'a', name: 'n', input: '{}' })).toEqual(['error input: must be an object']);
});

test('a missing and a mistyped tag are one problem each, at the tag', () => {
  expect(validate('content-block', {}).map(({ pointer, keyword }) => [pointer, keyword])).toEqual([['/type', 'required']]);
  expect(validate('content-block', { type: 5 }).map(({ pointer, keyword }) => [pointer, keyword])).toEqual([['/type', 'type']]);
});

test('an unknown type is an error in a request and advice in a response', () => {
  expect(validate('content-block-param', { type: 'video' })).toMatchObject([{ pointer: '/type', keyword: 'enum', level: 'error' }]);
  expect(validate('content-block', { type: 'video' })).toMatchObject([{ pointer: '/type', keyword: 'enum', level: 'advice' }]);
  expect(validate('stream-event', { type: 'hello' })).toMatchObject([{ pointer: '/type', keyword: 'enum', level: 'advice' }]);
});

test('an unknown field is an error in a request and advice in a response', () => {
  expect(told('messages-request', request({ n: 1 }))).toEqual(['error n: is not a known field']);
  expect(told('message', { ...message, choices: [] })).toEqual(['advice choices: is not a known field']);
  expect(told('message', { ...message, usage: { ...message.usage, joules: 4 } })).toEqual(['advice usage.joules: is not a known field']);
});

test('a new stop reason is advice, a stop reason of the wrong type is an error', () => {
  expect(validate('message', { ...message, stop_reason: 'compaction' })).toMatchObject([{ level: 'advice' }]);
  expect(told('message', { ...message, stop_reason: 5 })).toEqual(['error stop_reason: must be a string or null']);
});

test.each([
  ['message', { type: 'message' }, '/id', 'the field id: a string'],
  ['message', {}, '/type', 'the field type: "message"'],
  ['message', {}, '/content', 'the field content: an array'],
  ['count-tokens', {}, '/input_tokens', 'the field input_tokens: an integer'],
  ['content-block', {}, '/type', 'the field type: a string'],
  ['messages-request', { messages: [{ role: 'user' }] }, '/messages/0/content', 'the field content: a string or an array'],
] as const)('of a missing field in %s %j it says at %s what it must be', (schema, value, place, expected) => {
  const found = validate(schema, value).find(({ pointer }) => pointer === place);
  expect(found).toMatchObject({ keyword: 'required', message: 'is required', expected });
});

test('structure comes before unknown fields', () => {
  expect(told('messages-request', { foo: 1, max_tokens: 'x', messages: [] })).toEqual([
    'error model: is required',
    'error messages: must not be empty',
    'error max_tokens: must be an integer',
    'error foo: is not a known field',
  ]);
});

test('an absent nullable field of a response is null', () => {
  const { stop_sequence: _absent, ...rest } = message;
  expect(validate('message', rest)).toEqual([]);
  expect(validate('message', { ...message, container: null, diagnostics: null, stop_details: null })).toEqual([]);
  expect(told('message', { ...message, usage: { input_tokens: null, output_tokens: 1 } })).toEqual([
    'error usage.input_tokens: must be an integer',
  ]);
});

test('a nullable object says so when it is neither', () => {
  expect(told('messages-request', request({ cache_control: 5 }))).toEqual(['error cache_control: must be an object or null']);
  expect(told('messages-request', request({ cache_control: { type: 'forever' } }))).toEqual([
    'error cache_control.type: must be "ephemeral"',
  ]);
  expect(validate('messages-request', request({ cache_control: null, container: 'c', metadata: { user_id: null } }))).toEqual([]);
});

test('max_tokens may be 0, and must be an integer', () => {
  expect(validate('messages-request', request({ max_tokens: 0 }))).toEqual([]);
  expect(told('messages-request', request({ max_tokens: -1 }))).toEqual(['error max_tokens: must be at least 0']);
  expect(told('messages-request', request({ max_tokens: 1.5 }))).toEqual(['error max_tokens: must be an integer']);
});

test('a custom tool needs no type, and every other type has its own schema', () => {
  expect(validate('tool', { name: 'a', input_schema: { type: 'object' } })).toEqual([]);
  expect(validate('tool', { type: null, name: 'a', input_schema: { type: 'object', properties: null, $defs: {} } })).toEqual([]);
  expect(validate('tool', { type: 'custom', name: 'a', input_schema: { type: 'object' } })).toEqual([]);
  expect(validate('tool', { type: 'bash_20250124', name: 'bash' })).toEqual([]);
  expect(told('tool', { type: 'bash_20250124', name: 'sh' })).toEqual(['error name: must be "bash"']);
  expect(told('tool', { name: 'a b', input_schema: { type: 'string' } })).toEqual([
    'error name: must match ^[a-zA-Z0-9_-]{1,128}$',
    'error input_schema.type: must be "object"',
  ]);
  expect(validate('tool', { type: 'function', function: {} })).toMatchObject([{ pointer: '/type', keyword: 'enum' }]);
});

test('the content of an answer is accepted back in a request', () => {
  const echoed = [
    { type: 'text', text: 'x', citations: null },
    { type: 'tool_use', id: 'toolu_1', name: 'n', input: {}, caller: { type: 'direct' }, toolset_name: null },
    { type: 'thinking', thinking: '', signature: 's' },
  ];
  for (const block of echoed) {
    expect(validate('content-block', block)).toEqual([]);
    expect(validate('content-block-param', block)).toEqual([]);
  }
});

test('string lengths count code points, as JSON Schema does', () => {
  expect(validate('messages-request', request({ metadata: { user_id: '😀'.repeat(512) } }))).toEqual([]);
  expect(told('messages-request', request({ metadata: { user_id: '😀'.repeat(513) } }))).toEqual([
    'error metadata.user_id: must have at most 512 characters',
  ]);
  expect(told('content-block-param', { type: 'text', text: '' })).toEqual(['error text: must not be empty']);
});

test('pointers are escaped and descriptions are not', () => {
  const [problem] = validate('count-tokens', { input_tokens: 1, 'a/b~c': 1 });
  expect(problem?.pointer).toBe('/a~1b~0c');
  expect(problem && describeProblem(problem)).toBe('a/b~c: is not a known field');
});

test('what is not an object at all has one problem', () => {
  for (const value of [null, 5, 'x', [], undefined]) expect(told('messages-request', value)).toEqual(['error body: must be an object']);
});

test('hostile values yield at most 100 problems, and soon', () => {
  const deep: unknown = JSON.parse(`${'['.repeat(500_000)}${']'.repeat(500_000)}`);
  expect(told('messages-request', request({ messages: deep }))).toEqual(['error messages.0: must be an object']);
  const many = Array.from({ length: 100_000 }, () => ({ role: 'user', content: [{ type: 'text', text: '' }] }));
  const start = performance.now();
  expect(validate('messages-request', request({ messages: many }))).toHaveLength(100);
  expect(performance.now() - start).toBeLessThan(5000);
});

test('the generated validators need nothing but themselves', () => {
  const code = readFileSync(new URL('../generated/validators.js', import.meta.url), 'utf8');
  expect(code).not.toMatch(/\brequire\(|\bimport\b|new Function|\beval\(/);
});
