import { describe, expect, test } from 'vitest';
import { parseBetas, requestProblems } from '../../spec/index.ts';
import { fixtureMessage, jsonEvidence, refusalEvidence } from '../model/evidence.fixture.ts';
import { describeExamples, type Examples } from '../model/examples.fixture.ts';
import { agentHeaders, firstTurn, laterTurn, realSize } from './agent-requests.ts';
import { agentTools } from './agent-tools.ts';
import { checks } from './index.ts';

const good = jsonEvidence(fixtureMessage);
const badRequest = (message: string) => refusalEvidence(400, { type: 'error', error: { type: 'invalid_request_error', message } });
const refused = badRequest('no');
const crashed = refusalEvidence(500, 'Internal Server Error');

const accepted: Examples = {
  passes: { 'an accepted request': { control: good, variant: good } },
  fails: { 'a refusal': [{ control: good, variant: refused }, '400 invalid_request_error'] },
  open: {
    'a refused control': [
      { control: refused, variant: refused },
      'the same request without it was not accepted either (400 invalid_request_error)',
    ],
  },
};

const handled: Examples = {
  passes: { 'an answer': { control: good, variant: good }, 'a clean refusal': { control: good, variant: refused } },
  fails: { 'a crash': [{ control: good, variant: crashed }, '500 without an error envelope'] },
};

const knocked: Examples = {
  passes: { 'an answer': { head: good }, 'a 404': { head: refusalEvidence(404, '') } },
  fails: { 'a crash': [{ head: crashed }, '500'] },
};

describeExamples(checks, {
  'clients.claude-code.first-turn': accepted,
  'clients.claude-code.first-turn-json': accepted,
  'clients.claude-code.later-turn': accepted,
  'clients.claude-code.real-size': accepted,
  'clients.claude-code.max-tokens-32000': {
    passes: { 'an answer that we hung up on': { control: good, variant: jsonEvidence(fixtureMessage, { ended: 'aborted-by-us' }) } },
    fails: {
      'a refusal': [{ control: good, variant: refused }, '400 {"type":"error","error":{"type":"invalid_request_error","message":"no"}}'],
    },
    open: { 'a refused control': [{ control: refused, variant: refused }, 'the same request with a small limit was not accepted either'] },
  },
  'clients.claude-code.system-role-refusal': {
    passes: { 'a refusal that names the role': { control: good, variant: badRequest("messages.1.role: must be 'user' or 'assistant'") } },
    fails: {
      'a refusal that does not': [
        { control: good, variant: badRequest('bad template') },
        '400 "{\\"type\\":\\"error\\",\\"error\\":{\\"type\\":\\"invalid_request_error\\",\\"message\\":\\"bad template\\"}}"',
      ],
      'a crash': [{ control: good, variant: crashed }, '500 "Internal Server Error"'],
    },
    open: {
      'a server that takes them': [{ control: good, variant: good }, 'system messages among the turns are accepted'],
      'a refused control': [{ control: refused, variant: refused }, 'the same request without one was not accepted either'],
    },
  },
  'clients.claude-code.side-query': handled,
  'clients.claude-code.tool-reference': handled,
  'clients.claude-code.counts-tools': {
    passes: { 'a count': { count: jsonEvidence({ input_tokens: 900 }) } },
    fails: {
      'a page that is no count': [{ count: jsonEvidence({ ok: true }) }, '200 {"ok":true}'],
      'a crash': [{ count: crashed }, '500 nothing'],
    },
  },
  'clients.claude-code.model-discovery': {
    passes: { 'a list': { list: jsonEvidence({ data: [{ id: 'a' }] }) }, 'an empty list': { list: jsonEvidence({ data: [] }) } },
    fails: { 'models without ids': [{ list: jsonEvidence({ data: [{ name: 'a' }] }) }, '200 {"data":[{"name":"a"}]}'] },
  },
  'clients.claude-code.head-hello': knocked,
  'clients.claude-code.head-root': knocked,
});

describe('the requests of a coding agent', () => {
  const rules = { version: '2023-06-01', betas: parseBetas(agentHeaders['anthropic-beta']) };

  test.each([
    ['first turn', firstTurn('m', 64)],
    ['later turn', laterTurn('m', 64)],
    ['real size', realSize('m', 1)],
  ])('of the %s are what the API takes', (_, body) => {
    expect(requestProblems('messages', body, rules).filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('are small, but for the one of real size', () => {
    // Four characters are a token, about: 3,000 of them.
    expect(JSON.stringify(laterTurn('m', 64)).length).toBeLessThan(12_000);
    expect(JSON.stringify(realSize('m', 64)).length).toBeGreaterThan(55_000);
  });

  test.each([
    ['a dozen tools first, as with tool search', firstTurn('m', 64), 12],
    ['25 tools where all are inline', realSize('m', 1), 25],
  ])('offer %s, with names of their own', (_, { tools }, count) => {
    const names = Array.isArray(tools) ? tools.map((tool: { readonly name: string }) => tool.name) : [];
    expect(new Set(names).size).toBe(count);
    expect(names).toHaveLength(count);
  });

  test('have every keyword of schemas in the first turn', () => {
    expect(keywordsIn(firstTurn('m', 64)['tools'])).toEqual(keywordsIn(agentTools));
  });
});

/** Keys of all objects in it, but for names of properties; sorted. */
function keywordsIn(value: unknown): readonly string[] {
  const found = new Set<string>();
  const look = (here: unknown, areNames: boolean): void => {
    if (typeof here !== 'object' || here === null) return;
    for (const [key, inner] of Object.entries(here)) {
      if (!areNames && !Array.isArray(here)) found.add(key);
      look(inner, !areNames && key === 'properties');
    }
  };
  look(value, false);
  return [...found].toSorted();
}
