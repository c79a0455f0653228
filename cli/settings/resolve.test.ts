import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Environment, Flags } from './given.ts';
import { resolveSettings, type Settings } from './resolve.ts';

const baseUrl = 'http://127.0.0.1:9';

describe('settings', () => {
  it('come from flags, else from the environment, else from the file', async () => {
    const { run, output } = await resolve(
      { baseUrl, only: ['a.*,b', 'c'], concurrency: '2' },
      { CONFORMANCE_MODEL: 'from-environment', CONFORMANCE_CONCURRENCY: '3', CONFORMANCE_LEVEL: '', CONFORMANCE_INSECURE: '1' },
      { model: 'from-file', concurrency: 5, level: 'must', only: ['d'], wait: 0, timeout: 2.5 },
    );
    expect(run).toMatchObject({
      baseUrl,
      only: ['a.*', 'b', 'c'],
      concurrency: 2,
      model: 'from-environment',
      level: 'must',
      insecure: true,
      waitMs: 0,
      timeoutMs: 2500,
    });
    expect(output).toBe('conformance-report');
  });

  it('that nobody gave are absent, so that the runner’s defaults hold', async () => {
    const { run } = await resolve({ baseUrl });
    expect(run).toEqual({ baseUrl, headers: [], environment: {} });
  });

  it('of headers: a flag replaces one of the file by its name', async () => {
    const { run } = await resolve({ baseUrl, headers: ['x-a: 1', 'X-B: 2'] }, {}, { headers: { 'X-A': '0', 'X-C': '3' } });
    expect(run.headers).toEqual([
      ['X-C', '3'],
      ['x-a', '1'],
      ['X-B', '2'],
    ]);
  });
});

describe('the server', () => {
  it('is the profile’s, where no base URL is given', async () => {
    const { run } = await resolve({ profile: 'lmdeploy' });
    expect(run).toMatchObject({
      baseUrl: 'http://127.0.0.1:23333',
      profile: { id: 'lmdeploy', paths: { models: '/anthropic/v1/models' } },
    });
    expect((await resolve({ profile: 'lmdeploy', baseUrl })).run.baseUrl).toBe(baseUrl);
  });

  it('must be named', async () => {
    await expect(resolve({})).rejects.toThrow(
      /^No server to check; name one, as in: npx messages-conformance --base-url http:\/\/127\.0\.0\.1:8000 --model NAME$/,
    );
  });

  it('is never taken from ANTHROPIC_BASE_URL silently', async () => {
    await expect(resolve({}, { ANTHROPIC_BASE_URL: 'http://gateway' })).rejects.toThrow(
      'ANTHROPIC_BASE_URL is set, but never used silently: --base-url "$ANTHROPIC_BASE_URL" checks that server.',
    );
  });

  it('must be a URL, before anything is written', async () => {
    await expect(resolve({ baseUrl: 'localhost:8000' })).rejects.toThrow('"localhost:8000" is not a base URL');
  });

  it('has a profile that exists', async () => {
    await expect(resolve({ profile: 'lmstudio' })).rejects.toThrow('There is no profile "lmstudio"; did you mean lm-studio?');
    await expect(resolve({ profile: 'sglang' })).rejects.toThrow(
      'There is no profile "sglang"; there are litellm, llama-cpp, lm-studio, lmdeploy, ollama, vllm.',
    );
  });
});

describe('authentication', () => {
  const keys = { VLLM_API_KEY: 'v', KEY: 'k', ANTHROPIC_API_KEY: 'sk-ant' };

  it('is left to the runner without a profile', async () => {
    const { run, keyVariable } = await resolve({ baseUrl, apiKeyEnv: 'KEY' }, keys);
    expect([run.apiKey, run.auth, keyVariable]).toEqual(['k', undefined, 'KEY']);
  });

  it('follows the profile, whose own variable is used for its own address only', async () => {
    const { run } = await resolve({ profile: 'vllm' }, keys);
    expect([run.apiKey, run.auth]).toEqual(['v', 'bearer']);
    const elsewhere = await resolve({ profile: 'vllm', baseUrl: 'http://example.org' }, keys);
    expect([elsewhere.run.apiKey, elsewhere.run.auth]).toEqual([undefined, undefined]);
  });

  it('of none sends no key, also where one was named', async () => {
    const { run } = await resolve({ baseUrl, auth: 'none', apiKeyEnv: 'KEY' }, keys);
    expect([run.apiKey, run.auth]).toEqual([undefined, 'none']);
  });

  it('needs a key', async () => {
    await expect(resolve({ baseUrl, auth: 'both' }, keys)).rejects.toThrow(
      '--auth both needs a key; name the environment variable that holds it with --api-key-env NAME.',
    );
  });
});

function resolve(flags: Flags, environment: Environment = {}, file?: unknown): Promise<Settings> {
  const directory = mkdtempSync(join(tmpdir(), 'conformance-'));
  if (file !== undefined) writeFileSync(join(directory, 'conformance.config.json'), JSON.stringify(file));
  return resolveSettings(flags, { environment, directory });
}
