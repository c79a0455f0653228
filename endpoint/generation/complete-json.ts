/**
 * The object that a cut JSON text had begun. A tool call cut by `max_tokens` must still have an object as its `input`
 * (in a JSON answer), and the official SDK completes the fragments of a stream in the same way.
 */
import { isJsonObject, type JsonObject } from '../../spec/json.ts';

/** The longest object that the text's beginning makes: open strings, arrays and objects are closed, a dangling key or half a literal is dropped. Empty text gives `{}`. */
export function completeJsonObject(text: string): JsonObject {
  const whole = parseObject(text);
  if (whole !== undefined) return whole;
  for (let end = text.length; end > 0; end -= 1) {
    const candidate = parseObject(closed(text.slice(0, end)));
    if (candidate !== undefined) return candidate;
  }
  return {};
}

/** The text with what is open closed. It need not be valid: then the caller tries a shorter one. */
function closed(text: string): string {
  const closers: string[] = [];
  let inString = false;
  let isEscaped = false;
  for (const character of text) {
    if (isEscaped) isEscaped = false;
    else if (inString && character === '\\') isEscaped = true;
    else if (character === '"') inString = !inString;
    else if (!inString && character === '{') closers.push('}');
    else if (!inString && character === '[') closers.push(']');
    else if (!inString && (character === '}' || character === ']')) closers.pop();
  }
  return text + (inString ? '"' : '') + closers.toReversed().join('');
}

function parseObject(json: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
