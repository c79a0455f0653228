// The automaton against another acceptor that shares nothing with it: the order of a stream as a regular expression, one letter an event.
import { expect, test } from 'vitest';
import { checkOrder } from './automaton.ts';
import { delta, error, messageDelta, messageStart, messageStop, ping, start, stop } from './event.fixture.ts';
import type { GrammarEvent } from './grammar-event.ts';

/** What a letter means where `started` blocks have been started before, the last of that type. Lower case: the same event, but wrong. */
const alphabet: Readonly<Record<string, (started: number, type: string) => GrammarEvent>> = {
  S: () => messageStart,
  B: (started) => start(started),
  b: (started) => start(other(started)),
  T: (started) => start(started, 'thinking'),
  D: (started, type) => delta(current(started), `${type}_delta`),
  d: (started, type) => delta(other(current(started)), `${type}_delta`),
  k: (started) => delta(current(started), 'input_json_delta'),
  G: (started) => delta(current(started), 'signature_delta'),
  E: (started) => stop(current(started)),
  e: (started) => stop(other(current(started))),
  M: () => messageDelta,
  Z: () => messageStop,
  p: () => ping,
  X: () => error,
};

const current = (started: number): number => Math.max(started - 1, 0);
/** An index that is not the right one; where there are earlier blocks, that of one of them. */
const other = (index: number): number => (index === 0 ? 1 : index - 1);

const blocks = '(?:BD*E|TD*GE)*';
const unfinished = `(?:S${blocks}(?:BD*|TD*G?|M*))?`;
const whole = new RegExp(`^(?:S${blocks}M+Z|${unfinished}X)$`);
const beginning = new RegExp(`^(?:S${blocks}M+Z|${unfinished}X?)$`);

const eventsOf = (word: string): readonly GrammarEvent[] => {
  let started = 0;
  let type = 'text';
  return Array.from(word, (letter) => {
    const event = alphabet[letter]?.(started, type) ?? ping;
    if (event.type === 'content_block_start') {
      started += 1;
      type = event.blockType ?? 'text';
    }
    return event;
  });
};

const longest = 7;

test(`The automaton accepts, of all sequences of up to ${longest} events, exactly what a regular expression accepts`, () => {
  const count = { tried: 0, accepted: 0 };
  const disagreements: string[] = [];
  const visit = (word: string): void => {
    const events = eventsOf(word);
    const letters = word.replaceAll('p', '');
    const expected = { goesOn: beginning.test(letters), accepts: whole.test(letters) };
    const found = { goesOn: checkOrder(events, 'cut').length === 0, accepts: checkOrder(events).length === 0 };
    count.tried += 1;
    if (expected.accepts) count.accepted += 1;
    if (found.goesOn !== expected.goesOn || found.accepts !== expected.accepts) disagreements.push(word);
    // What both have rejected stays rejected.
    if (word.length === longest || !(found.goesOn || expected.goesOn)) return;
    for (const letter of Object.keys(alphabet)) visit(word + letter);
  };
  visit('');
  expect(disagreements).toEqual([]);
  expect(count).toEqual({ tried: 14_939, accepted: 1214 });
});
