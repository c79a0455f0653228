import { describe, expect, test } from 'vitest';
import { createFetch } from '../../endpoint/index.ts';
import { say } from '../index.ts';
import { withControl } from './control.ts';
import { scopedMocks } from './scoped-mocks.ts';

const headers = { 'content-type': 'application/json', 'anthropic-version': '2023-06-01', 'x-api-key': 'canary-key' };

function served(limit?: number): (scope?: string) => Promise<string> {
  const mocks = scopedMocks({}, (mock) => void mock.once(say('one')).once(say('two')), limit);
  return asker(createFetch(mocks));
}

function asker(fetch: typeof globalThis.fetch): (scope?: string) => Promise<string> {
  return async (scope) => {
    const body = JSON.stringify({ model: 'mock-model', max_tokens: 9, messages: [{ role: 'user', content: 'Hi' }] });
    const response = await fetch('http://mock/v1/messages', {
      method: 'POST',
      headers: { ...headers, ...(scope !== undefined && { 'X-Mock-Scope': scope }) },
      body,
    });
    const message: { readonly content?: readonly { readonly text: string }[] } = await response.json();
    return message.content?.[0]?.text ?? String(response.status);
  };
}

describe('A scope', () => {
  test('has the script from its beginning, whatever the others have used', async () => {
    const ask = served();
    expect([await ask(), await ask('a'), await ask('a'), await ask('b'), await ask(), await ask(), await ask('a')]).toEqual([
      'one',
      'one',
      'two',
      'one',
      'two',
      '400',
      '400',
    ]);
  });

  test('that nobody asked for the longest is the one that is forgotten', async () => {
    const ask = served(2);
    expect([await ask('a'), await ask('b'), await ask('a'), await ask('c')]).toEqual(['one', 'one', 'two', 'one']);
    expect([await ask('a'), await ask('b')]).toEqual(['400', 'one']);
  });
});

describe('The control routes', () => {
  const setUp = (): { readonly fetch: typeof globalThis.fetch; readonly ask: (scope?: string) => Promise<string> } => {
    const fetch = createFetch(withControl(scopedMocks({}, (mock) => void mock.once(say('one')))));
    return { fetch, ask: asker(fetch) };
  };
  const journal = async (
    fetch: typeof globalThis.fetch,
    scope?: string,
  ): Promise<readonly { readonly headers: Readonly<Record<string, string>> }[]> =>
    (await fetch('http://mock/_mock/requests', { headers: scope === undefined ? {} : { 'x-mock-scope': scope } })).json();

  test('give the journal of a scope, without keys, and open none', async () => {
    const { fetch, ask } = setUp();
    await ask('a');
    expect(await journal(fetch)).toEqual([]);
    expect(await journal(fetch, 'b')).toEqual([]);
    const entries = await journal(fetch, 'a');
    expect(entries).toMatchObject([{ method: 'POST', status: 200, outcome: 'completed', body: { model: 'mock-model' } }]);
    expect(JSON.stringify(entries)).not.toContain('canary-key');
    expect(await ask('b')).toBe('one');
  });

  test('begin a scope anew, or all of them', async () => {
    const { fetch, ask } = setUp();
    expect([await ask(), await ask('a'), await ask('a'), await ask('b')]).toEqual(['one', 'one', '400', 'one']);
    await fetch('http://mock/_mock/reset', { method: 'POST', headers: { 'x-mock-scope': 'a' } });
    expect([await ask('a'), await ask('b'), await ask()]).toEqual(['one', '400', '400']);
    await fetch('http://mock/_mock/reset', { method: 'POST' });
    expect([await ask('a'), await ask('b'), await ask()]).toEqual(['one', 'one', 'one']);
    expect((await journal(fetch)).length).toBe(1);
  });
});
