/** Names of members that are none of the known ones, which a free string would also match. */
import { characterClass, complement, has, type Range } from './code-points.ts';
import { choice, type Expression, sequence, times } from './expression.ts';
import { literal } from './literal.ts';
import type { GrammarBuilder } from './schema-grammar.ts';

/** Every character of a known name makes a rule. */
export const mostNameCharacters = 2000;

/** A name that is none of `names`, with what stands around it. It is written without escapes, so known names that need one are none of them. */
export function freeName(builder: GrammarBuilder, names: readonly string[]): Expression {
  const { name: around, free } = builder.notation.object;
  const { unwritable, mayBeEmpty } = free;
  const [before, end] = [literal(around[0]), literal(around[1])];
  const any = `${characterClass(complement(unwritable))}${times(0, builder.limits.characters)}`;
  const after = (rests: readonly (readonly string[])[], mayEnd = true): Expression => {
    const children = new Map<string, (readonly string[])[]>();
    for (const [first, ...rest] of rests) {
      if (first !== undefined) children.set(first, [...(children.get(first) ?? []), rest]);
    }
    const points = [...children.keys()].map((character) => character.codePointAt(0) ?? 0);
    const other = characterClass(complement([...unwritable, ...points.map((point): Range => [point, point])]));
    return builder.rule(
      'name',
      choice([
        `${other} ${any} ${end}`,
        ...[...children].map(([character, rest]) => sequence(literal(character), after(rest))),
        ...(!mayEnd || rests.some((rest) => rest.length === 0) ? [] : [end]),
      ]),
    );
  };
  const spelled = names.map((name) => Array.from(name));
  const isPlain = (character: string): boolean => !has(unwritable, character.codePointAt(0) ?? 0);
  return sequence(
    before,
    after(
      spelled.filter((characters) => characters.every(isPlain)),
      mayBeEmpty,
    ),
  );
}
