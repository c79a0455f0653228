import { expect, test } from 'vitest';
import { judgeRandomSchemas } from './random-schemas.fixture.ts';

test('whatever the schema, what its grammar writes is valid: twenty thousand schemas', () => {
  const { held, lost, refused } = judgeRandomSchemas(20_000, {});
  expect(held).toBeGreaterThan(lost + refused);
});
