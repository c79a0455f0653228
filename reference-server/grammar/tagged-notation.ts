/** Notations of arguments between tags: a string stands as it is up to the tag that closes it, all other values are JSON. */
import type { TaggedNotation } from '../families/family.ts';
import { choice, type Expression, sequence } from './expression.ts';
import { literal } from './literal.ts';
import { bareName, json, type Notation, plainCharacter, unwritableInBareNames } from './notation.ts';
import type { Schema } from './schema-shape.ts';
import { textUntil } from './text-until.ts';
import { typesOf } from './value-types.ts';

const words = /^[^\s<>"'=](?:[^<>"'=\n]*[^\s<>"'=])?$/u;
const isString: Schema = { type: 'string' };

/** For the object of the arguments. Within its values, JSON. */
export function taggedNotation({ name, valueEnd }: TaggedNotation): Notation {
  const [before, after] = name;
  const padding = after.slice(after.trimEnd().length);
  const close = valueEnd.trimEnd();
  const rest = literal(valueEnd.slice(close.length));
  const text = textNotation(close, padding);
  return {
    ...json,
    id: 'tagged',
    object: {
      open: '',
      comma: '',
      close: '',
      name,
      spelled: (one) => (words.test(one) ? one : undefined),
      free: { unwritable: unwritableInBareNames, mayBeEmpty: false, any: `${literal(before)} ${bareName} ${literal(after)}` },
      hasHeldNames: false,
      member: (builder, schemas, root): Expression => {
        // The same types as the reader of the value goes by.
        const types = [...typesOf({ allOf: schemas }, root)];
        const others = { type: types.filter((type) => type !== 'string') };
        const asText = builder.spelled(text, () => builder.inner([...schemas, isString], root));
        const asJson = builder.spelled(json, () => builder.inner([...schemas, others], root));
        return choice([
          ...(types.includes('string') ? [sequence(asText, rest)] : []),
          ...(others.type.length > 0 ? [sequence(asJson, literal(valueEnd))] : []),
        ]);
      },
    },
  };
}

/** For one string, with the tag behind it. */
function textNotation(close: string, padding: string): Notation {
  const empty = close.slice(padding.length);
  return {
    ...json,
    id: 'text',
    string: { open: '', close, any: 'text', character: 'text-char', written: plainCharacter },
    value: (value) =>
      typeof value !== 'string' || `${padding}${value}`.includes(close) || value.startsWith(empty) ? undefined : `${value}${close}`,
    rules: ({ characters }) => [
      `text-char ::= ${plainCharacter([[0, 0x10_ff_ff]]) ?? '""'}`,
      ...(characters === undefined ? textUntil('text', close, padding.length) : [`text ::= text-char{0,${characters}} ${literal(close)}`]),
    ],
  };
}
