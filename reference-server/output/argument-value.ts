/** Values that are written without quotes: what JSON they stand for. */
import { admits } from '../grammar/admits.ts';
import type { Schema } from '../grammar/schema-shape.ts';
import { typesOf } from '../grammar/value-types.ts';
import { withoutSpace } from './json-source.ts';

/** `text` is a string whatever it says, `json` is none; for `either` it depends on what it says. */
export type ValueKind = 'text' | 'json' | 'either';

/** What the schema of a value makes of it. Without one, text that is JSON is taken for that. */
export function valueKind(schema: unknown, root: Schema): ValueKind {
  const types = typesOf(schema, root);
  if (!types.has('string')) return 'json';
  return types.size === 1 ? 'text' : 'either';
}

/** The JSON of a value that came whole. Text that is not what the schema wants is a string: the one who offered the tool will refuse it. */
export function valueJson(text: string, kind: ValueKind, schema: unknown, root: Schema): string {
  const found = kind === 'text' ? undefined : plainJson(text);
  if (found === undefined) return JSON.stringify(text);
  if (kind === 'json') return found;
  const value: unknown = JSON.parse(found);
  return typeof value === 'string' || admits(value, schema, root) === false ? JSON.stringify(text) : found;
}

/** As Python spells them, which is what some templates show their models. */
const words: Readonly<Record<string, string>> = { True: 'true', False: 'false', None: 'null' };

/** The text as JSON, if it is any. */
export function plainJson(text: string): string | undefined {
  const trimmed = text.trim();
  const source = Object.hasOwn(words, trimmed) ? (words[trimmed] ?? '') : trimmed;
  try {
    JSON.parse(source);
  } catch {
    return undefined;
  }
  return withoutSpace(source);
}
