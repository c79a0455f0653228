// One thing that goes wrong with a stream, or changes in it without harm. Places are numbers that are folded onto the places there are.
import { isJsonObject, type JsonObject } from '../../spec/json.ts';
import type { Framed } from './wire.fixture.ts';

export interface Mutation {
  readonly name: string;
  /** What becomes of the events, one for each place where it can be done; none where the stream has no such place. */
  readonly ways: (frames: readonly Framed[]) => readonly (readonly Framed[])[];
}

interface Event {
  readonly type: string;
  readonly at: number;
  readonly data: JsonObject;
  /** Of the block that it belongs to. */
  readonly block?: JsonObject;
}

function eventsOf(frames: readonly Framed[]): readonly Event[] {
  let block: JsonObject | undefined;
  return frames.flatMap(({ data: text }, at) => {
    const data: unknown = JSON.parse(text);
    if (!isJsonObject(data)) return [];
    if (isJsonObject(data['content_block'])) block = data['content_block'];
    const type = String(data['type']);
    return [{ type, at, data, ...(type.startsWith('content_block') && block !== undefined ? { block } : {}) }];
  });
}

type Pick = (event: Event, index: number, all: readonly Event[]) => boolean;

const ofType =
  (...types: readonly string[]): Pick =>
  ({ type }) =>
    types.includes(type);

const holds =
  (pointer: 'delta' | 'content_block', ...types: readonly string[]): Pick =>
  ({ data }) => {
    const part = data[pointer];
    return isJsonObject(part) && types.includes(String(part['type']));
  };

/** The message_delta that brings the stop reason. */
const lastDelta: Pick = ({ type }, index, all) => type === 'message_delta' && all[index + 1]?.type === 'message_stop';

/** Every place that is picked, spoiled in turn. */
function each(name: string, pick: Pick, change: (event: Event, frames: readonly Framed[]) => readonly (readonly Framed[])[]): Mutation {
  return {
    name,
    ways: (frames) =>
      eventsOf(frames)
        .filter(pick)
        .flatMap((event) => change(event, frames)),
  };
}

const without = (frames: readonly Framed[], at: number): readonly Framed[] => frames.toSpliced(at, 1);
const again = (frames: readonly Framed[], at: number): readonly Framed[] =>
  frames.flatMap((frame, n) => (n === at ? [frame, frame] : [frame]));
const swapped = (frames: readonly Framed[], at: number): readonly Framed[] =>
  frames.map((frame, n) => (n === at ? (frames[at + 1] ?? frame) : n === at + 1 ? (frames[at] ?? frame) : frame));
const replaced = (frames: readonly Framed[], at: number, data: unknown): readonly Framed[] =>
  frames.map((frame, n) => (n === at ? { ...frame, data: typeof data === 'string' ? data : JSON.stringify(data) } : frame));

const remove = (name: string, pick: Pick): Mutation => each(`${name} removed`, pick, ({ at }, frames) => [without(frames, at)]);
const repeat = (name: string, pick: Pick): Mutation => each(`${name} sent twice`, pick, ({ at }, frames) => [again(frames, at)]);
const swap = (name: string, pick: Pick): Mutation =>
  each(`${name} swapped with what follows`, pick, ({ at }, frames) => [swapped(frames, at)]);

/** The event with other values of a field. */
const put = (name: string, pick: Pick, path: readonly string[], values: (now: unknown) => readonly unknown[]): Mutation =>
  each(name, pick, ({ at, data }, frames) => values(read(data, path)).map((value) => replaced(frames, at, written(data, path, value))));

function read(value: unknown, [key, ...rest]: readonly string[]): unknown {
  return key === undefined ? value : isJsonObject(value) ? read(value[key], rest) : undefined;
}

/** Undefined removes the field. */
function written(value: JsonObject, [key = '', ...rest]: readonly string[], to: unknown): JsonObject {
  const inner = value[key];
  return { ...value, [key]: rest.length === 0 ? to : isJsonObject(inner) ? written(inner, rest, to) : inner };
}

const gone = (): readonly unknown[] => [undefined];
const wrongIndex = (now: unknown): readonly unknown[] => [
  Number(now) + 1,
  Number(now) - 1,
  Number(now) + 0.5,
  String(now),
  null,
  undefined,
];

const blockEvents = ['content_block_start', 'content_block_delta', 'content_block_stop'] as const;
const core = ['message_start', ...blockEvents, 'message_delta', 'message_stop'] as const;
const followedBy =
  (first: string, second: string): Pick =>
  ({ type }, index, all) =>
    type === first && all[index + 1]?.type === second;

/** What each piece of a stream is there for. Without it, or with it in the wrong place, clients see something else than was said. */
export const loadBearing: readonly Mutation[] = [
  remove('message_start', ofType('message_start')),
  remove('content_block_start', ofType('content_block_start')),
  remove('content_block_stop', ofType('content_block_stop')),
  remove('the last message_delta', lastDelta),
  remove('message_stop', ofType('message_stop')),
  repeat('message_start', ofType('message_start')),
  repeat('content_block_start', ofType('content_block_start')),
  repeat('content_block_stop', ofType('content_block_stop')),
  repeat('message_stop', ofType('message_stop')),
  repeat('signature_delta', holds('delta', 'signature_delta')),
  swap('message_start', ofType('message_start')),
  swap('content_block_start', ofType('content_block_start')),
  swap('the last delta of a block', followedBy('content_block_delta', 'content_block_stop')),
  swap('content_block_stop', ofType('content_block_stop')),
  swap('the last message_delta', lastDelta),
  put('the index of a start is wrong', ofType('content_block_start'), ['index'], wrongIndex),
  put('the index of a delta is wrong', ofType('content_block_delta'), ['index'], wrongIndex),
  put('the index of a stop is wrong', ofType('content_block_stop'), ['index'], wrongIndex),
  put('the type of an event is missing', ofType(...core), ['type'], gone),
  put('the type of an event is another', ofType(...core), ['type'], (now) =>
    [...core, 'message', 'ping', 7].filter((type) => type !== now),
  ),
  each('the name of an event is missing', ofType(...core), ({ at }, frames) => [
    frames.map((frame, n) => (n === at ? { ...frame, event: undefined } : frame)),
  ]),
  each('the name of an event is another', ofType(...core), ({ at, type }, frames) =>
    [...core, 'message', 'ping']
      .filter((name) => name !== type)
      .map((event) => frames.map((frame, n) => (n === at ? { ...frame, event } : frame))),
  ),
  put(
    'the type of a delta is missing',
    holds('delta', 'text_delta', 'thinking_delta', 'signature_delta', 'input_json_delta'),
    ['delta', 'type'],
    gone,
  ),
  put('a delta is of the kind of another block', holds('delta', 'text_delta', 'thinking_delta', 'input_json_delta'), ['delta'], (now) =>
    [
      { type: 'text_delta', text: 'a' },
      { type: 'thinking_delta', thinking: 'a' },
      { type: 'input_json_delta', partial_json: '' },
    ].filter(({ type }) => !isJsonObject(now) || type !== now['type']),
  ),
  put('the text of a delta is not a text', holds('delta', 'text_delta'), ['delta', 'text'], () => [undefined, null, 7, {}]),
  put('the thinking of a delta is not a text', holds('delta', 'thinking_delta'), ['delta', 'thinking'], () => [undefined, null, 7, {}]),
  put('the JSON of a delta is not a text', holds('delta', 'input_json_delta'), ['delta', 'partial_json'], () => [undefined, null, 7, {}]),
  put('the signature of a delta is not a text', holds('delta', 'signature_delta'), ['delta', 'signature'], () => [undefined, null, 7]),
  put('a start has no block', ofType('content_block_start'), ['content_block'], () => [undefined, null, [], 'text']),
  put('the type of a block is missing', ofType('content_block_start'), ['content_block', 'type'], () => [undefined, null]),
  put('a tool_use block lacks a field', holds('content_block', 'tool_use'), ['content_block'], (now) =>
    ['id', 'name', 'input'].map((field) => (isJsonObject(now) ? { ...now, [field]: undefined } : now)),
  ),
  put('a message lacks a field', ofType('message_start'), ['message'], (now) =>
    ['id', 'type', 'role', 'model', 'content', 'usage'].map((field) => (isJsonObject(now) ? { ...now, [field]: undefined } : now)),
  ),
  put('message_start has no message', ofType('message_start'), ['message'], () => [undefined, null]),
  put('message_delta has no usage', ofType('message_delta'), ['usage'], () => [undefined, null]),
  put('message_delta has no delta', ofType('message_delta'), ['delta'], () => [undefined, null]),
  put('the stop reason is missing', lastDelta, ['delta', 'stop_reason'], () => [undefined, null]),
  ...['', 'null', '[]', '[DONE]', "{'type': 'ping'}"].map((data) =>
    each(`data is ${data === '' ? 'empty' : data}`, ofType(...core), ({ at }, frames) => [replaced(frames, at, data)]),
  ),
  each('two events are one', ofType(...core), ({ at }, frames) => {
    const [one, two] = frames.slice(at);
    if (one === undefined || two === undefined) return [];
    return [frames.toSpliced(at, 2, { event: two.event, data: `${one.data}\n${two.data}` })];
  }),
  { name: 'the stream ends early', ways: (frames) => frames.map((_, length) => frames.slice(0, length)) },
  each('JSON breaks off', ofType(...core), ({ at }, frames) => {
    const data = frames[at]?.data ?? '';
    return [data.slice(0, -1), data.slice(0, data.length / 2), data.slice(1), `${data}}`, data.replace(':', ' ')].map((broken) =>
      replaced(frames, at, broken),
    );
  }),
];

/** Lost, repeated or exchanged, a fragment leaves something that is no JSON object; where it still is one, nobody can tell. */
export const toolInput: Mutation = {
  name: 'the fragments of a tool input no longer parse',
  ways: (frames) => {
    const events = eventsOf(frames);
    const isFragment: Pick = ({ type, block }) =>
      type === 'content_block_delta' && (block?.['type'] === 'tool_use' || block?.['type'] === 'server_tool_use');
    return events.filter(isFragment).flatMap(({ at, data }) => {
      const json = String(read(data, ['delta', 'partial_json']));
      const other = (text: string): readonly Framed[] => replaced(frames, at, written(data, ['delta', 'partial_json'], text));
      const next = events.find((event) => event.at === at + 1);
      return [
        without(frames, at),
        again(frames, at),
        other(json.slice(1)),
        other(json.slice(0, -1)),
        other(`${json}x`),
        other(JSON.stringify(json)),
        ...(next !== undefined && next.type === 'content_block_delta' ? [swapped(frames, at)] : []),
      ].filter((mutated) => isUnparsable(mutated, data['index']));
    });
  },
};

function isUnparsable(frames: readonly Framed[], index: unknown): boolean {
  const deltas = eventsOf(frames).filter(({ type, data }) => type === 'content_block_delta' && data['index'] === index);
  const json = deltas.map(({ data }) => String(read(data, ['delta', 'partial_json']))).join('');
  if (json.trim() === '') return false;
  try {
    return !isJsonObject(JSON.parse(json));
  } catch {
    return true;
  }
}

/** Only of a block that was cut may it be missing. */
export const signature: Mutation = remove('signature_delta', holds('delta', 'signature_delta'));

const inserted =
  (frame: Framed) =>
  (frames: readonly Framed[]): readonly (readonly Framed[])[] =>
    Array.from({ length: frames.length + 1 }, (_, place) => frames.toSpliced(place, 0, frame));

/** What nobody is told by: a ping, a comment, an event of a new type, a piece of text more or less, another piece for the same text. */
export const neutral: readonly Mutation[] = [
  { name: 'a ping', ways: inserted({ event: 'ping', data: '{"type":"ping"}' }) },
  { name: 'an event of a new type', ways: inserted({ event: 'news', data: '{"type":"news"}' }) },
  remove('a text delta', holds('delta', 'text_delta')),
  repeat('a text delta', holds('delta', 'text_delta')),
  remove('a thinking delta', holds('delta', 'thinking_delta')),
  repeat('a thinking delta', holds('delta', 'thinking_delta')),
  each('a text delta in two', holds('delta', 'text_delta'), ({ at, data }, frames) => {
    const letters = Array.from(String(read(data, ['delta', 'text'])));
    const piece = (text: string): Framed => ({
      event: 'content_block_delta',
      data: JSON.stringify(written(data, ['delta', 'text'], text)),
    });
    const half = Math.ceil(letters.length / 2);
    return [frames.toSpliced(at, 1, piece(letters.slice(0, half).join('')), piece(letters.slice(half).join('')))];
  }),
  each('an unknown kind of delta', ofType('content_block_delta'), ({ at, data }, frames) => [
    frames.toSpliced(at, 0, { event: 'content_block_delta', data: JSON.stringify({ ...data, delta: { type: 'wave_delta' } }) }),
  ]),
  repeat('the last message_delta', lastDelta),
];
