import { expect, test } from 'vitest';
import { choice, type Expression, FiniteRules, sequence } from './expression.ts';

const text = (root: Expression): string => new FiniteRules(root).write(root).root;

test.each<[string, Expression, string]>([
  ['a sequence as a whole', { repeated: sequence('"a"', '"b"'), least: 0, most: 3 }, '("a" "b"){0,3}'],
  ['the one part of a sequence', { repeated: sequence('"a"'), least: 1 }, '"a"+'],
  ['a choice', { repeated: choice(['"a"', '"b"']), least: 0 }, '("a" | "b")*'],
  ['a rule', { repeated: { rule: { name: 'x', expression: '"a"' } }, least: 2 }, 'x{2,}'],
])('What is repeated is %s', (_what, expression, expected) => {
  expect(text(expression)).toBe(expected);
});
