import { expect, test } from 'vitest';
import { judgeRandomSchemas } from './random-schemas.fixture.ts';

/** The same schemas each time; the long test tries more. */
const seed = 400;

test.each([
  ['without limits', {}],
  ['with the limits of the bundled model', { characters: 160, items: 6 }],
])('whatever the schema, what its grammar writes is valid: %s', (_title, limits) => {
  const { held, lost, refused } = judgeRandomSchemas(400, limits, seed);
  expect(held).toBeGreaterThan(lost + refused);
});
