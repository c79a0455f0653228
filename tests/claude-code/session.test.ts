/** How the events of a headless session are read: a command stands in for Claude Code and prints what it prints. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runTurn } from './session.ts';
import { openSandbox } from './sandbox.ts';

const folder = mkdtempSync(join(tmpdir(), 'claude-stand-in-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;

async function turnOf(events: readonly object[], exitCode = 0, stderr = '', words = '') {
  const script = join(folder, `stand-in-${(count += 1)}`);
  const lines = [...events.map((event) => JSON.stringify(event)), words].join('\n');
  const body = [
    `#!${process.execPath}`,
    `process.stdout.write(${JSON.stringify(`${lines}\n`)});`,
    `process.stderr.write(${JSON.stringify(stderr)});`,
    `process.exitCode = ${exitCode};`,
  ];
  writeFileSync(script, body.join('\n'));
  chmodSync(script, 0o755);
  using sandbox = openSandbox({}, 'http://127.0.0.1:1', 'http://127.0.0.1:2');
  return await runTurn(script, ['Hello'], sandbox);
}

const call = {
  type: 'assistant',
  message: {
    content: [
      { type: 'text', text: 'I read.' },
      { type: 'tool_use', id: 'a', name: 'Read', input: {} },
    ],
  },
};
const success = { type: 'result', subtype: 'success', is_error: false, result: 'Done.' };

test('a session that succeeds gives its answer and the tools it called', async () => {
  expect(await turnOf([call, success])).toMatchObject({ exitCode: 0, result: 'Done.', tools: ['Read'], problems: [] });
});

test.each([
  ['no result', [call], 0, ['it gave no result']],
  ['an error as result', [{ ...success, is_error: true, result: 'API Error: 400' }], 0, ['its result is an error: API Error: 400']],
  [
    'an API error on the way',
    [{ type: 'assistant', is_api_error_message: true, error: 'overloaded' }, success],
    0,
    ['it met an error of the API: "overloaded"'],
  ],
] as const)('%s is a problem', async (_, events, exitCode, problems) => {
  expect((await turnOf(events, exitCode)).problems).toEqual(problems);
});

test('an exit code other than 0 is a problem, told with what it wrote in words, its note on the model aside', async () => {
  const { problems } = await turnOf([success], 3, '[claude-code:unrecognized_model] {}\nno such option\n', 'usage: claude');
  expect(problems).toEqual([expect.stringMatching(/^it ended with 3 after \d+ s$/), 'usage: claude', 'no such option']);
});
