// What the suite finds in each persona is what is committed beside it; `npx vitest --config vitest.full.config.ts -u` writes it anew.
import { expect, test } from 'vitest';
import { findingsOf } from './finding.fixture.ts';
import { personas } from './index.ts';

test.each(personas.map(({ id }) => id))('The findings in %s are the expected ones', async (id) => {
  const findings = await findingsOf(id);
  await expect(`${JSON.stringify(findings, null, 2)}\n`).toMatchFileSnapshot(`expected/${id}.json`);
});
