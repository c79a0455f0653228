import { expect, test } from 'vitest';
import { createGate } from './gate.ts';

test('So many are inside at a time, and the others come in their order as those leave', async () => {
  const gate = createGate(2);
  const entered: number[] = [];
  const leaves = [1, 2, 3, 4, 5].map(async (visitor) => {
    const leave = await gate.enter();
    entered.push(visitor);
    return leave;
  });
  const leave = async (visitor: number): Promise<void> => {
    (await leaves[visitor - 1])?.();
    // Whoever waited is inside after the microtasks of this turn.
    await new Promise(setImmediate);
  };
  await leave(1);
  expect(entered).toEqual([1, 2, 3]);
  await leave(2);
  await leave(3);
  expect(entered).toEqual([1, 2, 3, 4, 5]);
  await leave(4);
  await leave(5);
  await gate.enter();
  await gate.enter();
  let isThirdInside = false;
  void gate.enter().then(() => (isThirdInside = true));
  await new Promise(setImmediate);
  expect(isThirdInside).toBe(false);
});
