import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../../spec/record/index.ts';
import { catalogue, record } from '../record.fixture.ts';
import { excerpt } from './excerpt.ts';
import { reproBundle } from './index.ts';
import { writeBundle } from './write.ts';

const id = 'stream.order.ends-with-message-stop';
const body = `{"model":"m","max_tokens":16,"stream":true,"messages":[{"role":"user","content":"It's me"}]}`;

describe('a bundle', () => {
  it('has the request, the command, the answer, and the texts', () => {
    const files = new Map(reproBundle(id, record, catalogue).map(({ name, content }) => [name, String(content)]));
    expect([...files.keys()]).toEqual(['request.json', 'curl.sh', 'response', 'expected.md', 'issue.md']);
    expect(files.get('request.json')).toBe(body);
    expect(files.get('response')).toBe('HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\nevent: message_start\ndata: {}\n\n');
    expect(files.get('curl.sh')).toBe(
      [
        '#!/usr/bin/env bash',
        'here=$(cd "$(dirname "$0")" && pwd)',
        'curl -sS -i -N http://127.0.0.1:8000/v1/messages \\',
        "  -H 'accept: application/json' \\",
        "  -H 'anthropic-version: 2023-06-01' \\",
        "  -H 'content-type: application/json' \\",
        '  -H "x-api-key: $ANTHROPIC_API_KEY" \\',
        '  --data-binary @"$here/request.json"',
        '',
      ].join('\n'),
    );
    expect(files.get('expected.md')).toContain('- expected `message_stop`\n- found `nothing after message_delta');
    expect(files.get('issue.md')).toContain('### To reproduce\n\n```sh\ncurl -sS -i -N http://127.0.0.1:8000/v1/messages \\\n');
    expect(files.get('issue.md')).toContain('- server: <name and version>\n- model: `qwen3-8b`\n');
  });

  it('keeps bytes that are not text, and says which of a long answer are there', () => {
    const response = (answer: NonNullable<RunRecord['exchanges'][number]['response']>['body']): Buffer => {
      const exchanges = record.exchanges.map((one) =>
        one.response === undefined ? one : { ...one, response: { ...one.response, body: answer } },
      );
      const file = reproBundle(id, { ...record, exchanges }, catalogue).find(({ name }) => name === 'response');
      return Buffer.from(file?.content ?? '');
    };
    expect(response({ kind: 'base64', base64: '//8=', bytes: 2 }).subarray(-2)).toEqual(Buffer.from([0xff, 0xff]));
    expect(response({ kind: 'cut', head: 'a', tail: 'z', bytes: 9, sha256: 'ff' }).toString()).toMatch(
      /\r\n\r\na\n\[\.\.\. 9 bytes in all, SHA-256 ff \.\.\.\]\nz$/,
    );
  });

  it.each([
    [
      'a check that the record does not have',
      'a.b',
      'The record has no check "a.b"; failed in it: http.request-id.present, stream.order.ends-with-message-stop, stream.order.pings.',
    ],
    ['a check that passed', 'http.json.content-type', 'http.json.content-type did not fail in this record: its verdict is pass.'],
    [
      'a check without a judgement',
      'tools.choice.any',
      'tools.choice.any did not fail in this record: its verdict is inconclusive (the model called no tool).',
    ],
    ['a finding without an exchange', 'stream.order.pings', 'stream.order.pings failed without an exchange that would show it.'],
  ])('is refused for %s', (_title, check, sentence) => {
    expect(() => reproBundle(check, record, catalogue)).toThrow(sentence);
  });
});

describe('an issue', () => {
  const lines = Array.from({ length: 100 }, (_, index) => `é ${index}`);
  it('quotes the beginning and what stands around the fault', () => {
    // "é 50" begins after 10 lines of 5 bytes and 40 of 6.
    const quoted = excerpt(lines.join('\n'), 10 * 5 + 40 * 6);
    expect(quoted).toEqual([...lines.slice(0, 8), '...', ...lines.slice(38, 63), '...']);
  });

  it('quotes a short answer whole, and the end where the fault is that it ended', () => {
    expect(excerpt('a\r\nb\u202E')).toEqual(['a', 'b\\u202e']);
    expect(excerpt(lines.join('\n'), 10_000)).toEqual([...lines.slice(0, 8), '...', ...lines.slice(87)]);
  });
});

describe('its folder', () => {
  it('is written whole, the script executable', () => {
    const folder = join(scratch(), 'deep', 'bundle');
    writeBundle(reproBundle(id, record, catalogue), folder);
    expect(readdirSync(folder).toSorted()).toEqual(['curl.sh', 'expected.md', 'issue.md', 'request.json', 'response']);
    expect(statSync(join(folder, 'curl.sh')).mode & 0o111).toBe(0o111);
    expect(readdirSync(join(folder, '..'))).toEqual(['bundle']);
  });

  it('may be there and empty, but not hold anything', () => {
    const folder = scratch();
    writeBundle([{ name: 'a', content: 'x' }], folder);
    expect(() => writeBundle([{ name: 'b', content: 'x' }], folder)).toThrow(
      `Cannot write ${folder}: there is something in it already. Choose another folder with -o DIR.`,
    );
    expect(readdirSync(folder)).toEqual(['a']);
  });

  it('is not left half-written', () => {
    const parent = scratch();
    expect(() =>
      writeBundle(
        [
          { name: 'a', content: 'x' },
          { name: 'no/such', content: 'x' },
        ],
        join(parent, 'b'),
      ),
    ).toThrow('no such file');
    expect(readdirSync(parent)).toEqual([]);
    writeFileSync(join(parent, 'file'), '');
    expect(() => writeBundle([], join(parent, 'file'))).toThrow(/^Cannot write /);
  });
});

describe('curl.sh', () => {
  it.skipIf(!existsSync('/usr/bin/curl'))('sends the recorded bytes from wherever it is called', async () => {
    const seen: { body: string; key: unknown }[] = [];
    const server = createServer(async (request, response) => {
      seen.push({ body: await text(request), key: request.headers['x-api-key'] });
      response.end('{}');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/v1/messages`;
    const exchanges = record.exchanges.map((one) => ({ ...one, request: { ...one.request, url } }));
    const folder = join(scratch(), "it's a folder");
    mkdirSync(folder);
    writeBundle(reproBundle(id, { ...record, exchanges }, catalogue), folder);
    const child = spawn(join(folder, 'curl.sh'), { cwd: '/', env: { PATH: process.env['PATH'], ANTHROPIC_API_KEY: 'secret' } });
    const out = await text(child.stdout);
    server.close();
    expect(seen).toEqual([{ body, key: 'secret' }]);
    expect(out).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(readFileSync(join(folder, 'curl.sh'), 'utf8')).not.toContain('secret');
  });
});

function scratch(): string {
  return mkdtempSync(join(tmpdir(), 'conformance-'));
}
