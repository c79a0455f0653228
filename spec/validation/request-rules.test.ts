import { describe, expect, test } from 'vitest';
import { describeProblem } from './problem.ts';
import { requestRules } from './request-rules.ts';
import { versionCases } from './rules/version-rules.fixture.ts';
import { toolPairingCases } from './rules/tool-pairing-rules.fixture.ts';
import { serverToolCases } from './rules/server-tool-rules.fixture.ts';
import { searchResultCases } from './rules/search-result-rules.fixture.ts';
import { systemRoleCases } from './rules/system-role-rules.fixture.ts';
import { textCases } from './rules/text-rules.fixture.ts';
import { toolCases } from './rules/tool-rules.fixture.ts';
import { toolLoadingCases } from './rules/tool-loading-rules.fixture.ts';
import { strictOutputCases } from './rules/strict-output-rules.fixture.ts';
import { thinkingCases } from './rules/thinking-rules.fixture.ts';
import { warmUpCases } from './rules/warm-up-rules.fixture.ts';
import { cacheCases } from './rules/cache-rules.fixture.ts';
import { base64Cases } from './rules/base64-rules.fixture.ts';
import {
  assistant,
  body,
  closed,
  type Fields,
  format,
  result,
  type RuleCases,
  thinking,
  use,
  user,
} from './rules/request-parts.fixture.ts';
import { requestProblems, requestValidity } from './validate-request.ts';

const older = { version: '2023-06-01', betas: [] };
const newer = { version: '2026-10-21', betas: [] };

const cases: RuleCases = {
  ...versionCases,
  ...toolPairingCases,
  ...serverToolCases,
  ...searchResultCases,
  ...systemRoleCases,
  ...textCases,
  ...toolCases,
  ...toolLoadingCases,
  ...strictOutputCases,
  ...thinkingCases,
  ...warmUpCases,
  ...cacheCases,
  ...base64Cases,
};

describe('every rule', () => {
  test('has cases beside it, and an id of its own', () => {
    const ids = requestRules.map(({ id }) => id);
    const refusing = requestRules.flatMap(({ id, certainty }) => (certainty === 'advice' ? [] : [id]));
    expect(refusing.toSorted()).toEqual(Object.keys(cases).toSorted());
    expect(new Set(ids).size).toBe(ids.length);
  });

  for (const [id, { taken, refused, newer: onlyNewer, validity = 'invalid' }] of Object.entries(cases)) {
    const context = onlyNewer ? newer : older;
    test(`${id} takes what is right`, () => {
      for (const fields of taken) expect(requestProblems('messages', body(fields), context)).toEqual([]);
    });
    test(`${id} refuses what is wrong, first of all rules`, () => {
      for (const [fields, message] of refused) {
        const problem = requestProblems('messages', body(fields), context).find(({ keyword }) => keyword === id);
        expect(problem && describeProblem(problem)).toBe(message);
        expect(requestValidity('messages', body(fields), context)).toBe(validity);
      }
    });
  }
});

test('a tool loop that began without thinking is neither refused nor called valid', () => {
  const loop = { max_tokens: 2000, thinking, messages: [user('x'), assistant([use('a')]), user([result('a')])] };
  expect(requestProblems('messages', body(loop), older)).toMatchObject([{ keyword: 'thinking-tool-loop', level: 'advice' }]);
  expect(requestValidity('messages', body(loop), older)).toBe('unknown');
});

test('a format that would hang a careless reader is judged at once', () => {
  let deep: Fields = { type: 'string' };
  for (let depth = 0; depth < 20_000; depth++) deep = { type: 'array', items: deep };
  expect(requestProblems('messages', body(format(closed({ deep }))), older)).toEqual([]);
  const defs = Object.fromEntries(
    Array.from({ length: 40 }, (_, at) => [`d${at}`, { anyOf: [{ $ref: `#/$defs/d${at + 1}` }, { $ref: `#/$defs/d${at + 1}` }] }]),
  );
  const schema = { type: 'object', properties: { a: { $ref: '#/$defs/d0' } }, $defs: { ...defs, d40: { type: 'string' } } };
  expect(requestProblems('messages', body({ tools: [{ name: 'a', input_schema: schema, input_examples: [{ a: 1 }] }] }), older)).toEqual(
    [],
  );
});

test('the older version takes what the newer one refuses', () => {
  for (const { refused } of Object.values(cases).filter((entry) => entry.newer)) {
    for (const [fields] of refused) expect(requestProblems('messages', body(fields), older)).toEqual([]);
  }
});

test('consecutive messages of one role are valid, and so is an assistant message first', () => {
  expect(requestProblems('messages', body({ messages: [user('a'), user('b'), assistant('c'), assistant('d')] }), older)).toEqual([]);
  expect(requestProblems('messages', body({ messages: [assistant('a'), user('b')] }), older)).toEqual([]);
});

test('the budget of interleaved thinking may exceed max_tokens', () => {
  const context = { version: '2023-06-01', betas: ['interleaved-thinking-2025-05-14'] };
  expect(requestProblems('messages', body({ thinking }), context)).toEqual([]);
});
