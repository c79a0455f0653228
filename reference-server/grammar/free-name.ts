/** Names of members that are none of the known ones, which a free string would also match. */
import { characterClass, complement, has, type Range, unwritable } from './code-points.ts';
import { choice, type Expression, sequence, times } from './expression.ts';
import { literal } from './literal.ts';
import type { GrammarBuilder } from './schema-grammar.ts';

/** Every character of a known name makes a rule. */
export const mostNameCharacters = 2000;

/** Names are written without escapes, so known names that need one are none of them. */
const plain = characterClass(complement(unwritable));

/** A JSON string that is none of `names`. */
export function freeName(builder: GrammarBuilder, names: readonly string[]): Expression {
  const any = `${plain}${times(0, builder.limits.characters)}`;
  const after = (rests: readonly (readonly string[])[]): Expression => {
    const children = new Map<string, (readonly string[])[]>();
    for (const [first, ...rest] of rests) {
      if (first !== undefined) children.set(first, [...(children.get(first) ?? []), rest]);
    }
    const points = [...children.keys()].map((character) => character.codePointAt(0) ?? 0);
    const other = characterClass(complement([...unwritable, ...points.map((point): Range => [point, point])]));
    return builder.rule(
      'name',
      choice([
        `${other} ${any} "\\""`,
        ...[...children].map(([character, rest]) => sequence(literal(character), after(rest))),
        ...(rests.some((rest) => rest.length === 0) ? [] : ['"\\""']),
      ]),
    );
  };
  const spelled = names.map((name) => Array.from(name));
  return sequence('"\\""', after(spelled.filter((characters) => characters.every(isPlain))));
}

function isPlain(character: string): boolean {
  return !has(unwritable, character.codePointAt(0) ?? 0);
}
