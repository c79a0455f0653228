/** How fast a reply of a script file comes, and how it breaks off. */
import { pointerTo } from '../../spec/index.ts';
import { isJsonObject } from '../../spec/json.ts';
import type { Pace } from '../physics/pace.ts';
import type { ScriptedMessage } from '../script/scripted-message.ts';
import { definedOnly } from './defined-only.ts';
import { errorWords } from './read-error.ts';
import { optional, readChoice, readNumber, readObject, readText } from './read-value.ts';
import { mustBe } from './script-file-error.ts';

export function readPace(value: unknown, pointer: string): Pace {
  const fields = readObject(value, pointer, ['ttft', 'tokensPerSecond', 'jitter', 'seed']);
  return definedOnly({
    ttft: optional(fields, pointer, 'ttft', fromZero),
    tokensPerSecond: optional(fields, pointer, 'tokensPerSecond', (rate, place) => readNumber(rate, place, { from: 0.001 })),
    jitter: optional(fields, pointer, 'jitter', (share, place) => readNumber(share, place, { from: 0, to: 1 })),
    seed: optional(fields, pointer, 'seed', fromZero),
  });
}

function fromZero(value: unknown, pointer: string): number {
  return readNumber(value, pointer, { from: 0 });
}

export function readEnding(value: unknown, pointer: string): (message: ScriptedMessage) => ScriptedMessage {
  if (isJsonObject(value)) {
    const fields = readObject(value, pointer, ['fail', 'message']);
    const type = readChoice(fields['fail'], pointerTo(pointer, 'fail'), errorWords);
    const text = optional(fields, pointer, 'message', readText);
    return (message) => message.fail(type, text);
  }
  const word = typeof value === 'string' ? value : mustBe(pointer, '"reset", "stall", "truncate" or an object with fail', value);
  const ending = readChoice(word, pointer, ['reset', 'stall', 'truncate']);
  return (message) => message[ending]();
}
