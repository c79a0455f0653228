import { expect, test } from 'vitest';
import { judgeRandomSchemas } from './random-schemas.fixture.ts';

/** The same schemas each time, so that CI says the same of the same code; `SCHEMA_SEED=7 npx vitest ...` tries others. */
const seed = Number(process.env['SCHEMA_SEED'] ?? 20_261_121);

test('whatever the schema, what its grammar writes is valid: twenty thousand schemas', () => {
  const { held, lost, refused } = judgeRandomSchemas(20_000, {}, seed);
  expect(held).toBeGreaterThan(lost + refused);
});
