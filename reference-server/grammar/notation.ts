/** How values are spelled: as JSON, or in the words of a family of models whose tool calls are not JSON. */
import { characterClass, complement, minus, type Range, type Ranges, unwritable, writtenCharacter } from './code-points.ts';
import type { GrammarLimits } from './json-rules.ts';
import { spacedJson } from './literal.ts';
import type { Schema } from './schema-shape.ts';
import type { Expression } from './expression.ts';
import type { GrammarBuilder } from './schema-grammar.ts';

/** What the rules for schemas write around and between the parts of values. */
export interface Notation {
  /** Grammars are kept by it. */
  readonly id: string;
  readonly object: ObjectNotation;
  readonly string: StringNotation;
  /** Before, between and after the items of a list. */
  readonly list: readonly [open: string, comma: string, close: string];
  /** The rule for any value. */
  readonly any: string;
  /** A value that a schema lists; undefined where it cannot be written. */
  readonly value: (value: unknown) => string | undefined;
  /** Rules beside those of JSON, which every grammar has. */
  readonly rules: (limits: GrammarLimits) => readonly string[];
}

export interface ObjectNotation {
  readonly open: string;
  readonly comma: string;
  readonly close: string;
  /** Around the name of a member. */
  readonly name: readonly [before: string, after: string];
  /** The name as it stands between them; undefined where it cannot be written. */
  readonly spelled: (name: string) => string | undefined;
  /** Names that no schema lists: characters that are not in them, whether there may be none at all, and any such name with what is around it. */
  readonly free: { readonly unwritable: Ranges; readonly mayBeEmpty: boolean; readonly any: Expression };
  /** Whether names of members may be held to a pattern or a schema. */
  readonly hasHeldNames: boolean;
  /** The value of a member, where it is spelled in another way than what is within it. */
  readonly member?: (builder: GrammarBuilder, schemas: readonly unknown[], root: Schema) => Expression;
}

export interface StringNotation {
  readonly open: string;
  readonly close: string;
  /** The rule for any string, with what stands around it. */
  readonly any: string;
  /** The rule for one character of a string of a certain length. */
  readonly character: string;
  /** One character of `ranges`; undefined where none of them can be written. */
  readonly written: (ranges: Ranges) => string | undefined;
}

export const json: Notation = {
  id: 'json',
  object: {
    open: '{',
    comma: ', ',
    close: '}',
    name: ['"', '": '],
    spelled: (name) => JSON.stringify(name).slice(1, -1),
    free: { unwritable, mayBeEmpty: true, any: 'string ": "' },
    hasHeldNames: true,
  },
  string: { open: '"', close: '"', any: 'string', character: 'char', written: writtenCharacter },
  list: ['[', ', ', ']'],
  any: 'value',
  value: spacedJson,
  rules: () => [],
};

/** Not written where text stands as it is: control characters save line breaks and tabs, halves of surrogate pairs. */
export const unwritableAsItIs: Ranges = [
  [0, 0x08],
  [0x0b, 0x1f],
  [0x7f, 0x7f],
  [0xd8_00, 0xdf_ff],
];
const bracket: Range = [0x3c, 0x3c];

/** One character of text that stands as it is. Where lengths and patterns are held, none that may begin a closing mark, which all begin with `<`. */
export function plainCharacter(ranges: Ranges): string | undefined {
  const text = characterClass(minus(ranges, [...unwritableAsItIs, bracket]));
  return text === '[]' ? undefined : text;
}

/** Names that stand without quotes and that no schema lists have letters, digits and `$ - . _`. */
export const unwritableInBareNames: Ranges = complement([
  [0x24, 0x24],
  [0x2d, 0x2e],
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
]);
export const bareName: string = `${characterClass(complement(unwritableInBareNames))}+`;
