/** Text cut into the pieces that will be streamed: token by token, or as the script says. */
import { tokenize } from '../estimate-tokens.ts';
import type { Delta } from './part.ts';
import { kindOf, MockScriptError, requireText } from './script-error.ts';

/** A string gives one delta for each token, an array one for each element. */
export function deltasOf(place: string, text: string | readonly string[]): readonly Delta[] {
  if (typeof text === 'string') {
    requireText(place, text);
    return tokenize(text).map((token) => ({ text: token, tokens: [token] }));
  }
  if (!Array.isArray(text)) throw new MockScriptError(place, `must be a string or an array of strings, not ${kindOf(text)}.`);
  if (text.length === 0) throw new MockScriptError(place, 'must not be empty.');
  return text.map((piece, index) => {
    requireText(`${place}[${index}]`, piece);
    return { text: piece, tokens: tokenize(piece) };
  });
}

export function textOf(deltas: readonly Delta[]): string {
  let text = '';
  for (const delta of deltas) text += delta.text;
  return text;
}

/** How many tokens all of them cost. */
export function tokensIn(deltas: readonly Delta[]): number {
  let count = 0;
  for (const { tokens } of deltas) count += tokens.length;
  return count;
}
