/** A matcher in a script file: a part of the request, in which `{"$regex": "..."}` stands for any text that fits. */
import { pointerTo } from '../../spec/index.ts';
import { isJsonObject } from '../../spec/json.ts';
import { messageOf } from '../../spec/as-text.ts';
import { checkMatcher, type RequestMatcher } from '../script/matcher.ts';
import { readObject, readText } from './read-value.ts';
import { at, mustBe, ScriptFileError } from './script-file-error.ts';

export function readMatcher(value: unknown, pointer: string): RequestMatcher {
  if (!isJsonObject(value)) return mustBe(pointer, 'an object such as {"lastUser": {"$regex": "weather"}}', value);
  const fields = Object.entries(value).map(([name, field]) => [name, readField(name, field, pointerTo(pointer, name))] as const);
  const matcher = Object.fromEntries(fields);
  at(pointer, () => checkMatcher('when()', matcher));
  return matcher;
}

function readField(name: string, value: unknown, pointer: string): unknown {
  if (name === 'lastUser') return readTextPattern(value, pointer);
  if (name === 'toolResult') return typeof value === 'boolean' ? value : readText(value, pointer);
  if (name !== 'header') return readPattern(value, pointer);
  if (!isJsonObject(value)) return mustBe(pointer, 'an object of texts', value);
  return Object.fromEntries(
    Object.entries(value).map(([header, pattern]) => [header, readTextPattern(pattern, pointerTo(pointer, header))]),
  );
}

function readTextPattern(value: unknown, pointer: string): unknown {
  const isPattern = typeof value === 'string' || isRegex(value);
  return isPattern ? readPattern(value, pointer) : mustBe(pointer, 'a text or {"$regex": "..."}', value);
}

function readPattern(value: unknown, pointer: string): unknown {
  if (isRegex(value)) return readRegex(value, pointer);
  if (Array.isArray(value)) return value.map((item, index) => readPattern(item, pointerTo(pointer, index)));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, readPattern(field, pointerTo(pointer, name))]));
}

function isRegex(value: unknown): boolean {
  return isJsonObject(value) && Object.hasOwn(value, '$regex');
}

function readRegex(value: unknown, pointer: string): RegExp {
  const { $regex, $flags = '' } = readObject(value, pointer, ['$regex', '$flags']);
  const source = readText($regex, pointerTo(pointer, '$regex'));
  // `g` and `y` make a pattern remember where it was.
  const flags =
    typeof $flags === 'string' && /^[imsuv]*$/.test($flags)
      ? $flags
      : mustBe(pointerTo(pointer, '$flags'), 'some of i, m, s, u and v', $flags);
  try {
    return new RegExp(source, flags);
  } catch (cause) {
    const reason = messageOf(cause);
    throw new ScriptFileError(pointerTo(pointer, '$regex'), `must be a regular expression of JavaScript: ${reason}.`, { cause });
  }
}
