/** The arguments of a call in the words of its family, for conversations that the server writes down itself. */
import type { CallSyntax } from '../families/family.ts';
import { spacedJson } from '../grammar/literal.ts';
import type { Segment } from './placeholders.ts';
import { content, markup } from './turn-text.ts';

type Input = Readonly<Record<string, unknown>>;

export function argumentText(input: Input, { notation }: Pick<CallSyntax, 'notation'>): Segment[] {
  switch (notation?.form) {
    case undefined:
      return [content(spacedJson(input))];
    case 'tagged': {
      const [before, after] = notation.name;
      return Object.entries(input).flatMap(([name, value]) => {
        const text = typeof value === 'string' ? value : spacedJson(value);
        return [markup(before), content(name), markup(after), content(text), markup(notation.valueEnd)];
      });
    }
    case 'marked':
      return marked(input, notation.quote);
  }
}

function marked(value: unknown, quote: string): Segment[] {
  if (typeof value === 'string') return [markup(quote), content(value), markup(quote)];
  if (typeof value !== 'object' || value === null) return [markup(JSON.stringify(value) ?? 'null')];
  const isList = Array.isArray(value);
  const parts: Segment[] = [];
  const members: readonly (readonly [string, unknown])[] = Object.entries(value);
  for (const [name, inner] of members) {
    if (parts.length > 0) parts.push(markup(','));
    if (!isList) parts.push(content(name), markup(':'));
    parts.push(...marked(inner, quote));
  }
  return [markup(isList ? '[' : '{'), ...parts, markup(isList ? ']' : '}')];
}
