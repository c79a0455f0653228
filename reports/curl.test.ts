import { execFile, execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { Body, Exchange, RawHeader } from '../spec/record/index.ts';
import { curl, type CurlOptions } from './curl.ts';
import { streamExchange } from './record.fixture.ts';

describe('curl', () => {
  it('repeats a streaming request with the key as a variable', () => {
    expect(line(streamExchange)).toBe(
      String.raw`curl -sS -i -N http://127.0.0.1:8000/v1/messages -H 'accept: application/json' -H 'anthropic-version: 2023-06-01' -H 'content-type: application/json' -H "x-api-key: $ANTHROPIC_API_KEY" --data-raw '{"model":"m","max_tokens":16,"stream":true,"messages":[{"role":"user","content":"It'\''s me"}]}'`,
    );
  });

  it('names the variable of the profile, and completes a bearer header that was starred as a whole', () => {
    expect(line(get([['authorization', '*'.repeat(20)]]), { keyVariable: 'VLLM_API_KEY' })).toBe(
      'curl -sS -i http://127.0.0.1/v1/models -H "authorization: Bearer $VLLM_API_KEY" -H accept:',
    );
  });

  it('takes a credential for a wrong one where the run had no key', () => {
    expect(line(get([['x-api-key', '*'.repeat(20)]]), { hasKey: false })).toContain(`-H 'x-api-key: a-wrong-key'`);
  });

  it('makes a variable of its own for other secrets', () => {
    expect(line(get([['cookie', '******']]))).toContain('-H "cookie: $COOKIE"');
  });

  it('sends no content type and no accept header where the request had none', () => {
    expect(line(post({ kind: 'text', text: '{}' }))).toBe(
      `curl -sS -i http://127.0.0.1/v1/messages -H accept: -H content-type: --data-raw '{}'`,
    );
  });

  it('keeps methods, empty headers, and URLs that curl would expand', () => {
    const exchange = get([['x-empty', '']]);
    const odd = { ...exchange, request: { ...exchange.request, method: 'DELETE', url: 'http://127.0.0.1/v1/[a]/../b' } };
    expect(line(odd)).toBe(`curl -sS -i -X DELETE -g --path-as-is 'http://127.0.0.1/v1/[a]/../b' -H 'x-empty;' -H accept:`);
    expect(line({ ...exchange, request: { ...exchange.request, method: 'HEAD' } })).toContain('curl -sS -i --head ');
  });

  it('pipes bytes that are not text through base64', () => {
    expect(line(post({ kind: 'base64', base64: '//8=', bytes: 2 }))).toContain(`--data-binary @<(printf %s //8= | base64 -d)`);
  });

  it('takes long bodies from the record', () => {
    const text = JSON.stringify({ text: 'a'.repeat(5000) });
    expect(line(post({ kind: 'text', text }), { recordFile: 'out dir/record.json' })).toContain(
      `--data-binary @<(jq -j '.exchanges[] | select(.id == "x9") | .request.body.text' 'out dir/record.json')`,
    );
  });

  it('says so where the record does not have the body', () => {
    const { parts, note } = curl(post({ kind: 'cut', head: '{', tail: '}', bytes: 34_000_000, sha256: 'ab' }));
    expect(parts.join(' ')).not.toContain('--data');
    expect(note).toBe('The request body of 34000000 bytes is not kept whole in the record, so the command lacks it.');
  });

  it.skipIf(!hasCurl())('sends the recorded bytes when it is run', async () => {
    const text = `{"content":"it's \\u0000 a \u202E 'test'\n\\n$HOME !!"}`;
    const seen: { key: unknown; type: unknown; body: string }[] = [];
    const server = createServer(async (request, response) => {
      seen.push({ key: request.headers['x-api-key'], type: request.headers['content-type'], body: (await request.toArray()).join('') });
      response.end('ok');
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const exchange = post({ kind: 'text', text }, [['x-api-key', '*****']]);
    const moved = { ...exchange, request: { ...exchange.request, url: `http://127.0.0.1:${port}/v1/messages` } };
    await new Promise<void>((resolve, reject) => {
      execFile(
        'bash',
        ['-c', `${line(moved)} --noproxy '*'`],
        { env: { PATH: process.env['PATH'], ANTHROPIC_API_KEY: 'secret' } },
        (error) => (error === null ? resolve() : reject(error)),
      );
    });
    server.close();
    expect(seen).toEqual([{ key: 'secret', type: undefined, body: text }]);
  });
});

function line(exchange: Exchange, options?: CurlOptions): string {
  return curl(exchange, options).parts.join(' ');
}

function get(headers: readonly RawHeader[]): Exchange {
  return { ...streamExchange, id: 'x9', request: { method: 'GET', url: 'http://127.0.0.1/v1/models', headers } };
}

function post(body: Body, headers: readonly RawHeader[] = []): Exchange {
  return { ...streamExchange, id: 'x9', request: { method: 'POST', url: 'http://127.0.0.1/v1/messages', headers, body } };
}

function hasCurl(): boolean {
  try {
    execFileSync('curl', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
