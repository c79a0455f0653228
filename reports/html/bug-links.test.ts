import { expect, it } from 'vitest';
import { catalogue } from '../catalogue.ts';
import { bugAddress, bugLink } from './bug-links.ts';

it.each([
  ['vllm#45367', 'https://github.com/vllm-project/vllm/issues/45367'],
  ['llama.cpp#1', 'https://github.com/ggml-org/llama.cpp/issues/1'],
  ['vercel/ai#17326', 'https://github.com/vercel/ai/issues/17326'],
  ['nobody-knows#1', undefined],
  ['constructor#1', undefined],
  ['a/b/c#1', undefined],
  ['"onclick=x#1', undefined],
])('%s is %s', (bug, address) => {
  expect(bugAddress(bug)).toBe(address);
});

it('is text where no address is known', () => {
  expect(bugLink('<b>#1').text).toBe('&lt;b&gt;#1');
});

it('knows the repositories that the catalogue names', () => {
  const bugs = catalogue.checks.flatMap(({ bugs: own = [] }) => own);
  expect(bugs.filter((bug) => bugAddress(bug) === undefined)).toEqual([]);
});
