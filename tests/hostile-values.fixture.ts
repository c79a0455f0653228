/** A server that keeps the protocol, save that some values of what it says are others: of another type, too large, or made to be tripped over. */
import { allFaults, type Fault, mapFrames } from '../mock/faults/reply-faults.ts';
import { seededRandom } from '../mock/physics/random.ts';
import { isJsonObject } from '../spec/json.ts';

export type Random = () => number;

const hostile: readonly unknown[] = JSON.parse(String.raw`[
  {"toString": false}, {"toString": 1, "valueOf": 1}, [{"toString": null}], {"type": {"toString": 0}}, {"then": 1}, {"toJSON": 1},
  {"__proto__": {"type": "text"}}, {"constructor": 1, "hasOwnProperty": 1}, {"length": 1e9}, "__proto__", "constructor",
  "", " ", "%", "%E0%A4%A", "\u0000", "\uD800", "NaN", "1e999", "2020-99-99T99:99:99Z", "${'x'.repeat(100_000)}",
  null, true, 0, -1, 1.5, 1e21, 1e308, 9007199254740993, {}, [], [[[]]], [null], [{"type": "text"}]
]`);

/** How often a value is replaced. */
const rates = [0.02, 0.1, 0.4];

/**
 * Another server for each seed. Half of them replace the same field everywhere by the same value, as a server with a bug does, the others any
 * value by any.
 */
export function hostileValues(seed: number): Fault {
  const random = seededRandom(seed);
  const change = seed % 2 === 0 ? someField(random) : anyValues(random, rates[seed % rates.length] ?? 0);
  return allFaults(
    (reply) => (reply.kind === 'body' && reply.body !== '' ? { ...reply, body: JSON.stringify(change(JSON.parse(reply.body))) } : reply),
    mapFrames((frame) => [
      { ...frame, text: frame.text.replace(/^data: (.*)$/m, (_, data: string) => `data: ${JSON.stringify(change(JSON.parse(data)))}`) },
    ]),
  );
}

const fields = (
  'type id role model content text thinking signature name input usage stop_reason stop_sequence input_tokens output_tokens error message index ' +
  'cache_read_input_tokens delta content_block partial_json request_id data has_more first_id last_id created_at display_name'
).split(' ');

function someField(random: Random): (value: unknown) => unknown {
  const field = oneOf(fields, random);
  const value = oneOf(hostile, random);
  return (body) => replaced(body, (name) => (name === field && random() < 0.7 ? { value } : undefined));
}

/** Any value by any, so often, and fields beside those that are expected. */
export function anyValues(random: Random, rate: number): (value: unknown) => unknown {
  const change = (): Other => (random() < rate ? { value: oneOf(hostile, random) } : undefined);
  const more = (): readonly Field[] => (random() < rate ? [[oneOf(names, random), oneOf(hostile, random)]] : []);
  return (body) => replaced(body, change, more);
}

const names: readonly string[] = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'toJSON', 'length', '', 'a/b~c', '\uD800', '0'];

type Other = { readonly value: unknown } | undefined;
type Field = readonly [name: string, value: unknown];

/** `by` is asked for each field and each item, and for what is in it where it stays; `more` for fields to be added to an object. */
function replaced(body: unknown, by: (name: string) => Other, more: () => readonly Field[] = () => []): unknown {
  const one = (name: string, value: unknown): unknown => {
    const other = by(name);
    return other === undefined ? replaced(value, by, more) : other.value;
  };
  if (Array.isArray(body)) return body.map((item, index) => one(String(index), item));
  if (!isJsonObject(body)) return body;
  return Object.fromEntries([...Object.entries(body).map(([name, value]): Field => [name, one(name, value)]), ...more()]);
}

function oneOf<T>(all: readonly T[], random: Random): T {
  return all[Math.floor(random() * all.length)] as T;
}
