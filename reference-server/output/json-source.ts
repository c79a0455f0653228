/** Parts of a JSON text as they were written. The text must be known to be JSON. */
import { JsonEnd } from './json-end.ts';

/** The value of a member of an object, from its opening bracket on; of the last one with this key, which is the one that `JSON.parse` takes. */
export function memberText(object: string, key: string): string {
  const json = new JsonEnd();
  let found = '';
  let from = 1;
  let isWanted = false;
  for (let at = 0; at < object.length; at += 1) {
    const character = object.charAt(at);
    const isMember = json.depth === 1 && !json.isInString;
    json.step(character);
    if (!isMember || (character !== ':' && character !== ',' && character !== '}')) continue;
    const text = object.slice(from, at);
    if (character === ':') isWanted = JSON.parse(text) === key;
    else if (isWanted) found = text;
    from = at + 1;
  }
  return found;
}

/** The same JSON without the white space between its parts. */
export function withoutSpace(text: string): string {
  const json = new JsonEnd();
  let result = '';
  for (const character of text) {
    if (json.isInString || character.trim() !== '') result += character;
    json.step(character);
  }
  return result;
}
