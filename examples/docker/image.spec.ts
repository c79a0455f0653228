/** The command of the image with the script of the README, run without Docker: on a free port, for this machine alone. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';

const [, entrypoint = '[]'] = /^ENTRYPOINT (.*)$/m.exec(readFileSync('Dockerfile', 'utf8')) ?? [];
const elsewhere: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '8642': '0' };
const written: readonly string[] = JSON.parse(entrypoint);
const [command = '', ...words] = written.map((word) => elsewhere[word] ?? word);
const mock = spawn(command, [...words, '--script', 'script.json'], { stdio: ['ignore', 'pipe', 'inherit'] });
let url = '';

before(async () => {
  // The first line is the address.
  for await (const line of createInterface({ input: mock.stdout })) {
    url = line;
    break;
  }
});

after(() => mock.kill());

async function ask(scope: string, content: string): Promise<string | undefined> {
  const response = await fetch(`${url}/v1/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'anthropic-version': '2023-06-01', 'x-api-key': 'test', 'x-mock-scope': scope },
    body: JSON.stringify({ model: 'mock-model', max_tokens: 100, messages: [{ role: 'user', content }] }),
  });
  const message: { readonly content?: readonly { readonly text: string }[] } = await response.json();
  return message.content?.[0]?.text;
}

void test('answers by its script, in every scope', async () => {
  assert.equal(await ask('a', 'How is the weather?'), 'It is sunny.');
  assert.equal(await ask('b', 'How are you?'), 'I only know the weather.');
});
