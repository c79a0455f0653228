import { expect, test } from 'vitest';
import { apiVersions, hasLiveBeta, isApiVersion, parseBetas } from './versions.ts';

test('two versions are live', () => {
  expect(apiVersions).toEqual(['2023-06-01', '2026-10-21']);
  expect(isApiVersion('2026-10-21')).toBe(true);
  expect(isApiVersion('2023-01-01')).toBe(false);
  expect(isApiVersion(undefined)).toBe(false);
});

test('beta names come from lists, repeated headers and headers with spaces', () => {
  expect(parseBetas(' a-1 ,b-2,')).toEqual(['a-1', 'b-2']);
  expect(parseBetas(['a-1', 'b-2, c-3'])).toEqual(['a-1', 'b-2', 'c-3']);
  expect(parseBetas(undefined)).toEqual([]);
  expect(parseBetas('')).toEqual([]);
});

test('a retired beta name changes no rule', () => {
  expect(hasLiveBeta(['prompt-caching-2024-07-31', 'interleaved-thinking-2025-05-14'])).toBe(false);
  expect(hasLiveBeta(['prompt-caching-2024-07-31', 'context-management-2025-06-27'])).toBe(true);
});
