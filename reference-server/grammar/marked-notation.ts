/** The notation of Gemma 4: bare names, no spaces, and strings as they are between marks. */
import { literal } from './literal.ts';
import { bareName, type Notation, plainCharacter, unwritableInBareNames } from './notation.ts';
import { textUntil } from './text-until.ts';

const words = /^[^\s:{}[\]<>,"'][^:{}[\]<>,"'\n]*$/u;

export function markedNotation(quote: string): Notation {
  return {
    id: 'marked',
    object: {
      open: '{',
      comma: ',',
      close: '}',
      name: ['', ':'],
      spelled: (name) => (words.test(name) && name === name.trim() ? name : undefined),
      free: { unwritable: unwritableInBareNames, mayBeEmpty: false, any: 'marked-name ":"' },
      hasHeldNames: false,
    },
    string: { open: quote, close: quote, any: 'marked-string', character: 'marked-char', written: plainCharacter },
    list: ['[', ',', ']'],
    any: 'marked-value',
    value: (value) => markedText(value, quote),
    rules: ({ characters, items }) => {
      const inner = items === undefined ? 'marked-value' : 'marked-scalar';
      const more = items === undefined ? '*' : `{0,${Math.max(items - 1, 1)}}`;
      return [
        'marked-value ::= marked-object | marked-array | marked-scalar',
        'marked-scalar ::= marked-string | number | boolean | null',
        `marked-object ::= "{" (marked-member ("," marked-member)${more})? "}"`,
        `marked-member ::= marked-name ":" ${inner}`,
        `marked-array ::= "[" (${inner} ("," ${inner})${more})? "]"`,
        `marked-name ::= ${bareName}`,
        `marked-char ::= ${plainCharacter([[0, 0x10_ff_ff]]) ?? '""'}`,
        `marked-string ::= ${literal(quote)} ${characters === undefined ? 'marked-text' : `marked-char{0,${characters}} ${literal(quote)}`}`,
        ...(characters === undefined ? textUntil('marked-text', quote) : []),
      ];
    },
  };
}

/** A value that a schema lists; undefined where it holds the mark, or a name that needs quotes. */
function markedText(value: unknown, quote: string): string | undefined {
  if (typeof value === 'string') return value.includes(quote) ? undefined : `${quote}${value}${quote}`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const names = Array.isArray(value) ? [] : Object.keys(value);
  const parts = Object.values(value).map((inner: unknown) => markedText(inner, quote));
  if (names.some((name) => !words.test(name)) || parts.includes(undefined)) return undefined;
  return Array.isArray(value) ? `[${parts.join(',')}]` : `{${names.map((name, at) => `${name}:${parts[at]}`).join(',')}}`;
}
