/** Any text that ends with a mark and does not hold it before: GBNF has no "until", so the mark is followed character by character. */
import { characterClass, complement, type Range } from './code-points.ts';
import { literal } from './literal.ts';
import { unwritableAsItIs } from './notation.ts';

/**
 * Rules for the text with its mark, the first of them named `name`. `read`: how much of the mark has come already before the text
 * begins, where white space in front of a value is also the beginning of its end.
 */
export function textUntil(name: string, mark: string, read = 0): string[] {
  const marks = Array.from(mark);
  const different = [...new Set(marks)];
  const called = (state: number): string => (state === read ? name : `${name}-${state}`);
  return marks
    .map((wanted, state) => {
      const steps = different
        .map((character) => [character, character === wanted ? state + 1 : fallen(marks, state, character)] as const)
        .filter(([, next]) => next > 0);
      const known = steps.map(([character]): Range => [character.codePointAt(0) ?? 0, character.codePointAt(0) ?? 0]);
      const others = `${characterClass(complement([...unwritableAsItIs, ...known]))} ${called(0)}`;
      const taken = steps.map(([character, next]) => literal(character) + (next === marks.length ? '' : ` ${called(next)}`));
      return { state, rule: `${called(state)} ::= ${[others, ...taken].join(' | ')}` };
    })
    .map(({ rule }) => rule);
}

/** How much of the mark has been read after `character` came in place of what was wanted. */
function fallen(marks: readonly string[], state: number, character: string): number {
  const text = [...marks.slice(0, state), character];
  for (let length = state; length > 0; length -= 1)
    if (text.slice(text.length - length).join('') === marks.slice(0, length).join('')) return length;
  return 0;
}
