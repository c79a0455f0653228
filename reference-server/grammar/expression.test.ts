import { expect, test } from 'vitest';
import { choice, type Expression, FiniteRules, sequence, times } from './expression.ts';

const text = (root: Expression): string => new FiniteRules(root).write(root).root;

test.each<[string, Expression, string]>([
  ['a sequence as a whole', { repeated: sequence('"a"', '"b"'), least: 0, most: 3 }, '("a" "b"){0,3}'],
  ['the one part of a sequence', { repeated: sequence('"a"'), least: 1 }, '"a"+'],
  ['a choice', { repeated: choice(['"a"', '"b"']), least: 0 }, '("a" | "b")*'],
  ['a rule', { repeated: { rule: { name: 'x', expression: '"a"' } }, least: 2 }, 'x{2,}'],
])('What is repeated is %s', (_what, expression, expected) => {
  expect(text(expression)).toBe(expected);
});

test('Bounds in the wrong order, which llama.cpp takes for endlessly many rules, are never written', () => {
  expect(() => times(161, 160)).toThrow(RangeError);
  expect(() => text({ repeated: '"a"', least: 3, most: 2 })).toThrow(RangeError);
});
