import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { serveSettings } from './serve-settings.ts';

const usual = { apiKeys: [], graceMs: 10_000, hasLog: false, hasBodies: false };

test.each([
  [{}, usual],
  [{ maxBody: '2' }, { ...usual, maxBodyBytes: 2 * 1024 * 1024 }],
  [{ maxTime: '0.5' }, { ...usual, maxRequestMs: 500 }],
  [{ shutdownTimeout: '0' }, { ...usual, graceMs: 0 }],
  [{ log: true }, { ...usual, hasLog: true }],
  [{ logBodies: true }, { ...usual, hasLog: true, hasBodies: true }],
  [{ corsOrigin: ['http://localhost:3000/app', '*'] }, { ...usual, corsOrigins: ['http://localhost:3000', '*'] }],
  [
    { apiKey: ['a', 'b'], apiKeyEnv: 'KEY' },
    { ...usual, apiKeys: ['a', 'b', 'c'] },
  ],
])('%j', (flags, settings) => {
  expect(serveSettings(flags, { KEY: 'c' })).toEqual(settings);
});

test.each([
  [{ maxBody: '0' }, '--max-body takes a whole number from 1 on'],
  [{ maxTime: '0' }, '--max-time takes seconds above 0'],
  [{ corsOrigin: ['null'] }, '--cors-origin takes an origin'],
  [{ apiKeyEnv: 'NONE' }, 'The environment variable NONE, named by --api-key-env, is not set.'],
])('%j is refused', (flags, sentence) => {
  expect(() => serveSettings(flags, {})).toThrow(sentence);
});

test('a key file may begin with a byte order mark; a line that is no key is named', () => {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-keys-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const apiKeyFile = join(folder, 'keys');
  writeFileSync(apiKeyFile, '\uFEFF# ours\r\nkey-one\r\n\r\nkey-two\r\n');
  expect(serveSettings({ apiKeyFile }, {}).apiKeys).toEqual(['key-one', 'key-two']);
  writeFileSync(apiKeyFile, '# ours\n\nkey one\n');
  expect(() => serveSettings({ apiKeyFile }, {})).toThrow(`The key in line 3 of ${apiKeyFile} holds characters that a header cannot have.`);
  expect(() => serveSettings({ apiKeyFile: folder }, {})).toThrow(/cannot be read: illegal operation on a directory\.$/);
});
