import { describe, expect, test } from 'vitest';
import { describeProblem } from './problem.ts';
import { assistant, body, type Fields, result, text, thinking, use, user } from './rules/request-parts.fixture.ts';
import { type RequestEndpoint, requestProblems, requestValidity } from './validate-request.ts';

const older = { version: '2023-06-01', betas: [] };
const newer = { version: '2026-10-21', betas: [] };

test('token counting refuses what concerns generation, and follows the same rules', () => {
  const count = (fields: Fields): readonly string[] =>
    requestProblems('count-tokens', { model: 'm', messages: [user('hi')], ...fields }, older).map(describeProblem);
  expect(count({})).toEqual([]);
  expect(count({ max_tokens: 5 })).toEqual(['max_tokens: is not a known field']);
  expect(count({ stream: true })).toEqual(['stream: is not a known field']);
  expect(count({ messages: [user([result('a')])] })).toEqual([
    'messages.0.content.0.tool_use_id: must be the id of a tool_use in the previous message, and "a" is not',
  ]);
  expect(count({ thinking })).toEqual([]);
});

test.each([null, 7, 'x', {}, [null]])('what counting does not know is only unknown, whatever it is: stop_sequences %j', (value) => {
  const problems = requestProblems('count-tokens', { model: 'm', messages: [user('hi')], stop_sequences: value }, older);
  expect(problems.map(describeProblem)).toEqual(['stop_sequences: is not a known field']);
});

describe('a beta field', () => {
  const fields = { context_management: { edits: [] } };
  const live = { version: '2023-06-01', betas: ['context-management-2025-06-27'] };

  test('is unknown without a beta header', () => {
    expect(requestProblems('messages', body(fields), older)).toMatchObject([
      { pointer: '/context_management', keyword: 'additionalProperties', level: 'error' },
    ]);
    expect(requestValidity('messages', body(fields), older)).toBe('invalid');
  });
  test('is unknown with a header that has been retired', () => {
    expect(requestProblems('messages', body(fields), { ...older, betas: ['prompt-caching-2024-07-31'] })).toHaveLength(1);
  });
  test('is taken with a beta header, without a claim that it is right', () => {
    expect(requestProblems('messages', body(fields), live)).toEqual([]);
    expect(requestValidity('messages', body(fields), live)).toBe('unknown');
  });
});

describe('with a live beta header', () => {
  const live = { version: '2023-06-01', betas: ['thinking-display-updates-2026-08-18'] };

  test('unknown fields, types and values are advice', () => {
    const fields = { thinking: { type: 'adaptive', display: 'updates' }, foo: 1, messages: [user([{ type: 'hologram', size: 3 }])] };
    expect(requestProblems('messages', body(fields), live)).toMatchObject([
      { pointer: '/messages/0/content/0/type', level: 'advice' },
      { pointer: '/thinking/display', level: 'advice' },
      { pointer: '/foo', level: 'advice' },
    ]);
    expect(requestValidity('messages', body(fields), live)).toBe('unknown');
  });
  test('what is known stays wrong or right', () => {
    expect(requestValidity('messages', body({ max_tokens: 'x' }), live)).toBe('invalid');
    expect(requestValidity('messages', body({ messages: [user([result('a')])] }), live)).toBe('invalid');
    expect(requestValidity('messages', body({}), live)).toBe('valid');
  });
  test('the content of a message of an unknown role may be anything', () => {
    const messages = [user('x'), { role: 'tool', content: 7 }, { role: 'tool', content: [null] }];
    expect(requestProblems('messages', body({ messages }), live)).toMatchObject([
      { pointer: '/messages/1/role', level: 'advice' },
      { pointer: '/messages/2/role', level: 'advice' },
    ]);
  });
  test('a continued thread may begin with tool results', () => {
    const fields = { thread: { type: 'continue', previous_message_id: 'msg_1' }, messages: [user([result('a')])] };
    expect(requestProblems('messages', body(fields), { version: '2026-10-21', betas: ['message-threads-2026-08-12'] })).toEqual([]);
  });
});

test('of an unknown version only what is surely wrong is invalid', () => {
  const future = { version: '2027-01-01', betas: [] };
  expect(requestValidity('messages', body({}), future)).toBe('unknown');
  expect(requestValidity('messages', body({ new_field: 1 }), future)).toBe('unknown');
  expect(requestValidity('messages', body({ messages: [] }), future)).toBe('invalid');
  expect(requestValidity('messages', body({}), { version: undefined, betas: [] })).toBe('unknown');
});

test('a field that its type forbids is told once', () => {
  expect(requestProblems('messages', body({ thinking: { type: 'disabled', display: null } }), older)).toHaveLength(1);
});

test('unknown fields are told last, and hide no rule', () => {
  const problems = requestProblems('messages', body({ foo: 1, stop_sequences: [''] }), older);
  expect(problems.map(describeProblem)).toEqual(['stop_sequences.0: must not be empty', 'foo: is not a known field']);
});

test('a long conversation is judged in linear time, and a body with too many faults without a crash', () => {
  const turns = Array.from({ length: 49_999 }, (_, at) => [assistant([use(`id-${at}`)]), user([result(`id-${at}`)])]).flat();
  expect(requestProblems('messages', body({ messages: turns }), newer)).toEqual([]);
  const blocks = Array.from({ length: 200_000 }, () => text('x'));
  expect(requestProblems('messages', body({ messages: [user(blocks)] }), newer)).toEqual([]);
  const noise = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`k${at}`, 1]));
  for (const endpoint of ['messages', 'count-tokens'] satisfies readonly RequestEndpoint[]) {
    const unsound = {
      ...noise,
      model: 'm',
      ...(endpoint === 'messages' ? { max_tokens: 1 } : {}),
      messages: [{ role: 'user', content: [null] }],
    };
    expect(requestProblems(endpoint, unsound, newer)).toHaveLength(100);
  }
});
