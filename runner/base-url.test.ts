import { describe, expect, test } from 'vitest';
import { normaliseBaseUrl } from './base-url.ts';

describe('a base URL', () => {
  test('that is plain is taken as it is', () => {
    expect(normaliseBaseUrl('http://127.0.0.1:8000')).toEqual({ baseUrl: 'http://127.0.0.1:8000' });
  });

  test.each([
    ['http://127.0.0.1:8000/', 'http://127.0.0.1:8000'],
    ['http://127.0.0.1:8000/v1', 'http://127.0.0.1:8000'],
    ['http://127.0.0.1:8000/v1/', 'http://127.0.0.1:8000'],
    ['http://127.0.0.1:8000/v1/messages', 'http://127.0.0.1:8000'],
    ['https://host/api/anthropic/v1', 'https://host/api/anthropic'],
    ['HTTP://Host:80/', 'http://host'],
  ])('%s is normalised, and the note says so', (input, baseUrl) => {
    expect(normaliseBaseUrl(input)).toEqual({ baseUrl, note: `Base URL read as ${baseUrl}; clients add /v1/messages themselves.` });
  });

  test('keeps a path prefix that only looks like a version', () => {
    expect(normaliseBaseUrl('http://host/v12').baseUrl).toBe('http://host/v12');
  });

  test.each([
    ['localhost:8000', '"localhost:8000" is not a base URL; write it like http://127.0.0.1:8000.'],
    ['', '"" is not a base URL; write it like http://127.0.0.1:8000.'],
    ['http://', '"http://" is not a base URL; write it like http://127.0.0.1:8000.'],
    ['ftp://host', '"ftp://host" is not an http or https URL; write it like http://127.0.0.1:8000.'],
    ['http://host/?a=1', 'The base URL must end with its path, without "?a=1".'],
    ['http://me:secret@host', 'The base URL holds a user name or password; give the key with --api-key-env NAME instead.'],
  ])('%s is refused in one sentence', (input, message) => {
    expect(() => normaliseBaseUrl(input)).toThrow(expect.objectContaining({ code: 'usage', message }));
  });
});
