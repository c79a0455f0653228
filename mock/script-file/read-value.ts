/** Narrows values of a script file, one by one, with the pointer at hand. */
import { pointerTo } from '../../spec/index.ts';
import { isJsonObject, type JsonObject } from '../../spec/json.ts';
import { mustBe, ScriptFileError } from './script-file-error.ts';

/** An object with no other fields than these; what else it holds is a slip of the pen. */
export function readObject(value: unknown, pointer: string, fields: readonly string[]): JsonObject {
  if (!isJsonObject(value)) return mustBe(pointer, `an object with ${listed(fields)}`, value);
  const unknown = Object.keys(value).find((name) => !fields.includes(name));
  if (unknown !== undefined)
    throw new ScriptFileError(pointerTo(pointer, unknown), `is unknown; allowed ${fields.length === 1 ? 'is' : 'are'} ${listed(fields)}.`);
  return value;
}

export function readList(value: unknown, pointer: string, allowed: string): readonly unknown[] {
  return Array.isArray(value) ? value : mustBe(pointer, allowed, value);
}

export function readText(value: unknown, pointer: string): string {
  return typeof value === 'string' && value !== '' ? value : mustBe(pointer, 'a text that is not empty', value);
}

/** A text, or the deltas in which it is streamed. */
export function readDeltas(value: unknown, pointer: string): string | readonly string[] {
  if (!Array.isArray(value)) return readText(value, pointer);
  if (value.length === 0) return mustBe(pointer, 'a text or a list of texts', value);
  return value.map((piece, index) => readText(piece, pointerTo(pointer, index)));
}

export function readNumber(
  value: unknown,
  pointer: string,
  { from, to = Number.MAX_VALUE }: { readonly from: number; readonly to?: number },
): number {
  if (typeof value === 'number' && value >= from && value <= to) return value;
  return mustBe(pointer, to === Number.MAX_VALUE ? `a number from ${from} on` : `a number from ${from} to ${to}`, value);
}

export function readCount(value: unknown, pointer: string): number {
  return Number.isSafeInteger(value) ? readNumber(value, pointer, { from: 1 }) : mustBe(pointer, 'a whole number from 1 on', value);
}

export function readChoice<Word extends string>(value: unknown, pointer: string, words: readonly Word[]): Word {
  return (
    words.find((word) => word === value) ??
    mustBe(
      pointer,
      listed(
        words.map((word) => JSON.stringify(word)),
        'or',
      ),
      value,
    )
  );
}

/** What a field says; undefined where it is absent. */
export function optional<Result>(
  object: JsonObject,
  pointer: string,
  name: string,
  read: (value: unknown, pointer: string) => Result,
): Result | undefined {
  return Object.hasOwn(object, name) ? read(object[name], pointerTo(pointer, name)) : undefined;
}

/** Texts by name, as headers are. */
export function readTexts(value: unknown, pointer: string): Readonly<Record<string, string>> {
  if (!isJsonObject(value)) return mustBe(pointer, 'an object of texts', value);
  return Object.fromEntries(
    Object.entries(value).map(([name, text]) => [name, typeof text === 'string' ? text : mustBe(pointerTo(pointer, name), 'a text', text)]),
  );
}

/** `a, b and c`. */
export function listed(words: readonly string[], last = 'and'): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}
