/** JSON from a server: parsed, or why it could not be, in a few words. https://www.rfc-editor.org/rfc/rfc8259 */
import { messageOf } from '../../spec/as-text.ts';

/** Either the value, or one short sentence. A parser's message quotes the input, so it is cut. */
export type ParsedJson = { readonly json: unknown } | { readonly jsonProblem: string };

const LONGEST_PROBLEM = 160;

/** V8 parses a million levels, but whatever walks the value afterwards would overflow its stack. */
const DEEPEST = 1000;

/** Never throws, also not for a megabyte of opening brackets. */
export function parseJson(text: string): ParsedJson {
  if (text === '') return { jsonProblem: 'empty' };
  try {
    const json: unknown = JSON.parse(text);
    return isDeeperThan(DEEPEST, text) ? { jsonProblem: `nested deeper than ${DEEPEST} levels` } : { json };
  } catch (error) {
    const problem = messageOf(error);
    return { jsonProblem: problem.length > LONGEST_PROBLEM ? `${problem.slice(0, LONGEST_PROBLEM - 3)}...` : problem };
  }
}

/** Counts brackets outside strings; `text` is known to be JSON. A loop, because a regular expression overflows on a long string. */
function isDeeperThan(limit: number, text: string): boolean {
  if (text.length < 2 * limit) return false;
  let depth = 0;
  for (let position = 0; position < text.length; position += 1) {
    const character = text[position];
    if (character === '"') position = closingQuote(text, position);
    else if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth -= 1;
    if (depth > limit) return true;
  }
  return false;
}

function closingQuote(text: string, opening: number): number {
  let position = opening + 1;
  while (text[position] !== '"') position += text[position] === '\\' ? 2 : 1;
  return position;
}
