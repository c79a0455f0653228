/** A script as a JSON document; its schema is `spec/schemas/mock-script.json`. */
import { pointerTo } from '../../spec/index.ts';
import type { Mock } from '../create-mock.ts';
import { requireJson } from '../script/require-json.ts';
import { definedOnly } from './defined-only.ts';
import { readMatcher } from './read-matcher.ts';
import { readReply } from './read-reply.ts';
import { optional, readCount, readList, readObject, readText } from './read-value.ts';
import { at, mustBe } from './script-file-error.ts';

/** Writes a script into a mock. What a `.ts` or `.mjs` file exports, too. */
export interface MockScript {
  (mock: Mock): void;
  /** Ids of known faults that the script asks for; a mock cannot have them by itself: `withKnownFaults(mock, ...script.faults)`. */
  readonly faults?: readonly string[];
}

/**
 * Reads the whole document, so that what is wrong with it is known before a mock is made.
 * @throws ScriptFileError with the place and what is allowed there.
 */
export function readScript(value: unknown): MockScript {
  const document = readObject(value, '', ['$schema', 'once', 'rules', 'otherwise', 'faults']);
  // For its depth: JSON it is.
  at('', () => requireJson('script', document));
  optional(document, '', '$schema', (text, pointer) => (typeof text === 'string' ? text : mustBe(pointer, 'a text', text)));
  const once = optional(document, '', 'once', (list, pointer) => readItems(list, pointer, 'a list of replies', readReply)) ?? [];
  const rules = optional(document, '', 'rules', (list, pointer) => readItems(list, pointer, 'a list of rules', readRule)) ?? [];
  const otherwise = optional(document, '', 'otherwise', readReply);
  const write = (mock: Mock): void => {
    for (const reply of once) mock.once(reply);
    for (const rule of rules) rule(mock);
    if (otherwise !== undefined) mock.otherwise(otherwise);
  };
  return Object.assign(write, definedOnly({ faults: optional(document, '', 'faults', readFaults) }));
}

/** Whether there are such faults is known where the catalogue is loaded, which takes its time. */
export function readFaults(value: unknown, pointer: string): readonly string[] {
  return readItems(value, pointer, 'a list of ids of known faults', readText);
}

function readRule(value: unknown, pointer: string): MockScript {
  const fields = readObject(value, pointer, ['when', 'reply', 'times']);
  const matcher = readMatcher(fields['when'], pointerTo(pointer, 'when'));
  const reply = readReply(fields['reply'], pointerTo(pointer, 'reply'));
  const times = optional(fields, pointer, 'times', readCount);
  return (mock) => {
    const rule = mock.when(matcher);
    (times === undefined ? rule : rule.times(times)).reply(reply);
  };
}

function readItems<Item>(
  value: unknown,
  pointer: string,
  allowed: string,
  read: (item: unknown, pointer: string) => Item,
): readonly Item[] {
  return readList(value, pointer, allowed).map((item, index) => read(item, pointerTo(pointer, index)));
}
