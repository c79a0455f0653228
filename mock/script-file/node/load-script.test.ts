import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createFetch } from '../../../endpoint/index.ts';
import { createMock } from '../../index.ts';
import { scopedMocks } from '../scoped-mocks.ts';
import { loadScript } from './load-script.ts';

const mockIndex = pathToFileURL(join(import.meta.dirname, '../../index.ts')).href;

function fileWith(name: string, content: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'script-')), name);
  writeFileSync(path, content);
  return path;
}

describe('A script is loaded', () => {
  test.each([
    ['a.json', '{"once":["Hello"]}'],
    ['b.mjs', `import { say } from '${mockIndex}'; export const script = (mock) => { mock.once(say('Hello')); };`],
    ['c.mts', `import { say, type Mock } from '${mockIndex}'; export function script(mock: Mock): void { mock.once(say('Hello')); }`],
    ['d.mjs', `import { say } from '${mockIndex}'; export default (mock) => mock.once(say('Hello'));`],
  ])('from %s', async (name, content) => {
    const mock = createMock();
    (await loadScript(fileWith(name, content)))(mock);
    expect(() => mock.verify()).toThrow('once() #1');
  });

  test.each([
    ['a.json', '{"once":["Hello"],"faults":["no-request-id"]}'],
    [
      'a.mjs',
      `import { say } from '${mockIndex}'; export const faults = ['no-request-id']; export const script = (mock) => void mock.once(say('Hello'));`,
    ],
  ])('with the faults that the server is to have: %s', async (name, content) => {
    const ask = createFetch(scopedMocks({ apiKeys: [] }, await loadScript(fileWith(name, content))));
    const headers = { 'content-type': 'application/json', 'anthropic-version': '2023-06-01', 'x-mock-scope': 'a' };
    const body = JSON.stringify({ model: 'mock-model', max_tokens: 9, messages: [{ role: 'user', content: 'Hi' }] });
    const response = await ask('http://mock/v1/messages', { method: 'POST', headers, body });
    expect([response.headers.get('request-id'), await response.json()]).toEqual([null, expect.objectContaining({ type: 'message' })]);
  });
});

test.each([
  ['nothing.json', undefined, 'Cannot read PATH: no such file or directory.'],
  ['nothing.mjs', undefined, 'Cannot read PATH: no such file or directory.'],
  ['a.yaml', '', 'PATH: a script is a .json, .ts, .mts, .js or .mjs file.'],
  ['a.json', '{"once": [', 'PATH is not JSON: Unexpected end of JSON input.'],
  ['a.json', '{"once": [{"useTool": 5}]}', 'PATH: /once/0/useTool must be a text that is not empty, not 5.'],
  ['a.json', '{"faults": ["no-request-ids"]}', 'PATH: /faults: There is no fault "no-request-ids"; did you mean no-request-id?'],
  [
    'f.mjs',
    'export const faults = "no-request-id"; export const script = () => {};',
    'PATH: /faults must be a list of ids of known faults',
  ],
  ['a.mjs', 'export const scrip = 1;', 'PATH must export a function script(mock), or have one as its default export.'],
  ['b.mjs', 'throw new Error("no luck");', 'PATH cannot be run: no luck.'],
  ['c.mjs', 'export const script = (mock) => mock.onec("x");', 'PATH: script(mock) threw: mock.onec is not a function.'],
  ['d.mjs', `export const script = (mock) => mock.once(5);`, 'PATH: once(): must be a reply'],
  [
    'e.mjs',
    'export const script = async () => { throw new Error("late"); };',
    'PATH: script(mock) must not be async; await at the top of the file instead.',
  ],
])('What is wrong with %s is said in one sentence', async (name, content, sentence) => {
  const path = content === undefined ? join(tmpdir(), 'not-there', name) : fileWith(name, content);
  await expect(loadScript(path)).rejects.toThrow(sentence.replace('PATH', path));
});
