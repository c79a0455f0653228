// Replies that a conforming server may stream: every order of blocks, every stop reason, with additions that clients must tolerate.
import * as fc from 'fast-check';
import { isJsonObject, type JsonObject } from '../../spec/json.ts';

/** A reply, and the request that it answers. */
export interface Reply {
  readonly request: JsonObject;
  /** Data of the events of the message, in order, without pings. */
  readonly events: readonly JsonObject[];
}

/** Generated with each reply: what an addition to an object may look like. */
const addition = fc.option(fc.constantFrom<JsonObject>({ x_engine: 'v2' }, { x_took: { ms: 3 } }, { x_tags: [] }), { nil: {}, freq: 6 });

/** Text that is cut into pieces between characters: any script, JSON's own signs, line separators, and none at all. */
const pieces = fc.array(fc.string({ unit: 'grapheme', maxLength: 6 }), { maxLength: 6 });
/** What a model that has lost its way writes: the same again and again, in tokens that grow. */
const degenerate = fc
  .tuple(fc.constantFrom('\n', ' ', 'ha', '-', '0'), fc.array(fc.constantFrom(1, 1, 2, 4, 8), { minLength: 4, maxLength: 8 }))
  .map(([unit, counts]) => counts.toSorted((a, b) => a - b).map((count) => unit.repeat(count)));

const argumentsObject = fc.dictionary(fc.string({ unit: 'grapheme', maxLength: 4 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 });

/** JSON of an object in fragments, which may be empty; none for a tool without arguments. */
const fragments = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom<readonly string[]>([], [''], ['{}'], ['', '{', '}']) },
  {
    weight: 3,
    arbitrary: fc.tuple(argumentsObject, fc.array(fc.nat(40), { maxLength: 4 }), fc.boolean()).map(([value, cuts, pretty]) => {
      const json = Array.from(JSON.stringify(value, null, pretty ? 1 : 0));
      const places = [0, ...cuts.map((cut) => cut % (json.length + 1)).toSorted((a, b) => a - b), json.length];
      return ['', ...places.slice(1).map((end, n) => json.slice(places[n], end).join(''))];
    }),
  },
);

interface Block {
  readonly start: JsonObject;
  readonly deltas: readonly JsonObject[];
}

const text: fc.Arbitrary<Block> = fc.tuple(fc.oneof({ weight: 5, arbitrary: pieces }, degenerate), fc.boolean()).map(([texts, cites]) => ({
  start: { type: 'text', text: '', ...(cites ? { citations: null } : {}) },
  deltas: [
    ...texts.map((piece) => ({ type: 'text_delta', text: piece })),
    ...(cites ? [{ type: 'citations_delta', citation: { ...citation } }] : []),
  ],
}));

const citation = {
  type: 'char_location',
  cited_text: 'a',
  document_index: 0,
  document_title: null,
  start_char_index: 0,
  end_char_index: 1,
  file_id: null,
};

const thinking: fc.Arbitrary<Block> = pieces.map((texts) => ({
  start: { type: 'thinking', thinking: '', signature: '' },
  deltas: [...texts.map((piece) => ({ type: 'thinking_delta', thinking: piece })), { type: 'signature_delta', signature: 'c2lnbmVk' }],
}));

const redacted: fc.Arbitrary<Block> = fc.constant({ start: { type: 'redacted_thinking', data: 'c2VjcmV0' }, deltas: [] });

const call = (type: 'tool_use' | 'server_tool_use', name: string): fc.Arbitrary<Block> =>
  fragments.map((json) => ({
    start: { type, id: 'set below', name, input: {} },
    deltas: json.map((partial_json) => ({ type: 'input_json_delta', partial_json })),
  }));

/** A type that this suite has never heard of; clients must tolerate it, so it is not a failure. */
const future: fc.Arbitrary<Block> = fc.constant({ start: { type: 'hologram', wave: 1 }, deltas: [{ type: 'wave_delta', wave: 2 }] });

/** Any legal order: the API promises that thinking comes first, but a reply with tools interleaves it. */
const blocks: fc.Arbitrary<readonly Block[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: text },
    { weight: 3, arbitrary: call('tool_use', 'lamp') },
    { weight: 3, arbitrary: thinking },
    { weight: 1, arbitrary: redacted },
    { weight: 1, arbitrary: call('server_tool_use', 'web_search') },
    { weight: 1, arbitrary: future },
  ),
  { maxLength: 5 },
);

/** Ends that leave the last block as far as it got. */
const cuts = ['max_tokens', 'refusal', 'model_context_window_exceeded'] as const;

/** Written by no generated text. */
const sequence = '\u2402HALT';

function stopReasons(all: readonly Block[]): readonly string[] {
  const types = new Set(all.map(({ start }) => start['type']));
  if (types.has('tool_use')) return ['tool_use', ...cuts];
  return ['end_turn', 'stop_sequence', ...cuts, ...(types.has('server_tool_use') ? ['pause_turn'] : [])];
}

const choices = fc.record({
  blocks,
  stop: fc.nat(),
  lost: fc.nat(3),
  additions: fc.array(addition, { minLength: 4, maxLength: 4 }),
  usage: fc.record({ input: fc.nat(5000), first: fc.nat(3), output: fc.nat(900), cached: fc.constantFrom(undefined, null, 0, 12) }),
  isEarly: fc.boolean(),
  nulls: fc.boolean(),
  typeLast: fc.boolean(),
  repeatsInput: fc.boolean(),
});

/** A reply of any shape that is allowed. */
export const validReply: fc.Arbitrary<Reply> = choices.map((chosen) => {
  const reasons = stopReasons(chosen.blocks);
  const reason = reasons[chosen.stop % reasons.length] ?? 'end_turn';
  const isCut = reason !== 'pause_turn' && cuts.some((cut) => cut === reason);
  const [inStart = {}, inMessage = {}, inDelta = {}, inStop = {}] = chosen.additions;
  const { input, first, output, cached } = chosen.usage;
  const events: JsonObject[] = [];
  const cache = cached === undefined ? {} : { cache_creation_input_tokens: cached, cache_read_input_tokens: cached };
  const nullUsage = chosen.nulls ? { server_tool_use: null, service_tier: null, cache_creation: null, inference_geo: null } : {};
  const nullDelta = chosen.nulls ? { container: null, stop_details: null } : {};
  const message = { id: 'msg_01P', type: 'message', role: 'assistant', model: 'tiny', content: [], stop_reason: null, stop_sequence: null };
  events.push({
    type: 'message_start',
    message: { ...message, usage: { input_tokens: input, output_tokens: first, ...cache, ...nullUsage, ...inMessage }, ...inMessage },
    ...inStart,
  });
  chosen.blocks.forEach(({ start, deltas }, index) => {
    const id = 'id' in start ? { id: `${start['type'] === 'tool_use' ? 'toolu' : 'srvtoolu'}_0${index}` } : {};
    events.push({ type: 'content_block_start', index, content_block: { ...start, ...id, ...inMessage }, ...inStart });
    const lost = isCut && index === chosen.blocks.length - 1 ? chosen.lost : 0;
    const kept = deltas.slice(0, Math.max(deltas.length - lost, 0));
    for (const delta of kept) events.push({ type: 'content_block_delta', index, delta: { ...delta, ...inDelta }, ...inDelta });
    events.push({ type: 'content_block_stop', index, ...inStop });
  });
  const usage = {
    output_tokens: first + output,
    ...(chosen.repeatsInput ? { input_tokens: input, ...cache } : {}),
    ...nullUsage,
    ...inDelta,
  };
  // Several are allowed; the last brings the reason.
  if (chosen.isEarly)
    events.push({ type: 'message_delta', delta: { stop_reason: null, stop_sequence: null }, usage: { output_tokens: first } });
  const stopSequence = reason === 'stop_sequence' ? sequence : null;
  events.push({
    type: 'message_delta',
    delta: { stop_reason: reason, stop_sequence: stopSequence, ...nullDelta, ...inDelta },
    usage,
    ...inStop,
  });
  events.push({ type: 'message_stop', ...inStop });
  return { request: requestFor(chosen.blocks, reason), events: events.map((event) => (chosen.typeLast ? typeLast(event) : event)) };
});

/** The order of keys means nothing. */
function typeLast({ type, ...rest }: JsonObject): JsonObject {
  return { ...rest, type };
}

/** A reply that the server gives up, at its beginning or in the middle. */
export const failedReply: fc.Arbitrary<Reply> = fc.tuple(validReply, fc.nat()).map(([{ request, events }, place]) => ({
  request,
  events: [...events.slice(0, place % events.length), failure],
}));

const failure = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' }, request_id: 'req_01P' };

const lamp = { name: 'lamp', description: 'Switches a lamp.', input_schema: { type: 'object' } };
const search = { type: 'web_search_20250305', name: 'web_search' };

function requestFor(all: readonly Block[], reason: string): JsonObject {
  const types = new Set(all.map(({ start }) => start['type']));
  const tools = [...(types.has('tool_use') ? [lamp] : []), ...(types.has('server_tool_use') ? [search] : [])];
  return {
    model: 'tiny',
    max_tokens: 4096,
    stream: true,
    messages: [{ role: 'user', content: 'Go on.' }],
    ...(tools.length === 0 ? {} : { tools }),
    ...(types.has('thinking') ? { thinking: { type: 'enabled', budget_tokens: 1024 } } : {}),
    ...(reason === 'stop_sequence' ? { stop_sequences: [sequence] } : {}),
  };
}

/** Whether the end of the reply excuses that its last block is incomplete. */
export function isCutShort({ events }: Reply): boolean {
  return events.some(({ delta }) => isJsonObject(delta) && ['pause_turn', ...cuts].some((cut) => cut === delta['stop_reason']));
}
