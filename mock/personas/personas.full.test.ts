// What the suite finds in each persona is what is committed beside it; `npx vitest --config vitest.full.config.ts -u` writes it anew.
import { expect, test } from 'vitest';
import type { Readiness } from '../../spec/index.ts';
import { findingsOf, readinessOf, runAgainst } from './finding.fixture.ts';
import { personas } from './index.ts';

/** Of Claude Code, and of the SDKs for Python and TypeScript, the latter also before 1.0. */
const readiness: Readonly<Record<string, readonly [Readiness, Readiness, Readiness, Readiness]>> = {
  // These three take no x-api-key, which is how two of the SDKs send a key.
  vllm: ['ready-with-limits', 'not-ready', 'ready-with-limits', 'not-ready'],
  lmdeploy: ['ready-with-limits', 'not-ready', 'ready-with-limits', 'not-ready'],
  sglang: ['ready-with-limits', 'not-ready', 'ready-with-limits', 'not-ready'],
  'lm-studio': ['ready-with-limits', 'ready', 'ready-with-limits', 'ready'],
  // It ignores tool_choice and drops the tool runner's thread; all else that they send is answered.
  ollama: ['ready-with-limits', 'ready-with-limits', 'ready-with-limits', 'ready-with-limits'],
};

test.each(personas.map(({ id }) => id))('The findings in %s are the expected ones', async (id) => {
  const record = await runAgainst(id);
  const [claudeCode, python, typescript, before1] = readiness[id] ?? [];
  expect(readinessOf(record)).toEqual({
    'claude-code': claudeCode,
    'sdk-python': python,
    'sdk-typescript': typescript,
    'sdk-typescript-0': before1,
  });
  await expect(`${JSON.stringify(findingsOf(record), null, 2)}\n`).toMatchFileSnapshot(`expected/${id}.json`);
});
