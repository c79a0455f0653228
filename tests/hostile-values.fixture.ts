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

/** Any value by any, so often. */
export function anyValues(random: Random, rate: number): (value: unknown) => unknown {
  return (body) => replaced(body, () => (random() < rate ? { value: oneOf(hostile, random) } : undefined));
}

/** `by` is asked for each field and each item, and for what is in it where it stays. */
function replaced(body: unknown, by: (name: string) => { readonly value: unknown } | undefined): unknown {
  const one = (name: string, value: unknown): unknown => {
    const other = by(name);
    return other === undefined ? replaced(value, by) : other.value;
  };
  if (Array.isArray(body)) return body.map((item, index) => one(String(index), item));
  return isJsonObject(body) ? Object.fromEntries(Object.entries(body).map(([name, value]) => [name, one(name, value)])) : body;
}

function oneOf<T>(all: readonly T[], random: Random): T {
  return all[Math.floor(random() * all.length)] as T;
}
