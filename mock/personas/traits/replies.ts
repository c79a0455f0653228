/** Traits in what a reply looks like, as a JSON body and as a stream alike. */
import { isJsonObject, type JsonObject } from '../../../spec/json.ts';
import { asText } from '../../../spec/as-text.ts';
import { says, withAt } from '../../faults/acting.ts';
import { mapJson } from '../../faults/known/shaping.ts';
import { mapEvents } from '../../faults/reply-faults.ts';
import { edit } from '../../faults/stream-edits.ts';
import { messages, valueAt } from '../../faults/touching.ts';
import type { Trait } from '../persona.ts';

/** Another value for each event of a stream, and for a reply that is one message; undefined leaves an event out. */
export function reshaped(sentence: string, change: (value: JsonObject) => unknown): Trait {
  return {
    sentence,
    touches: messages,
    act: says(
      mapJson((body) => (body['type'] === 'message' ? change(body) : body)),
      mapEvents((event) => change({ ...event })),
    ),
  };
}

const isOf = (value: JsonObject, type: string): boolean => value['type'] === type;

/** The end that a stop sequence brought about is taken for that of the model. */
export const stopSequenceUnnamed: Trait = reshaped('A reply that a stop sequence ended has the stop reason end_turn.', (value) => {
  const at = isOf(value, 'message_delta') ? '/delta' : '';
  if (valueAt(value, `${at}/stop_reason`) !== 'stop_sequence') return value;
  return withAt(withAt(value, `${at}/stop_reason`, 'end_turn'), `${at}/stop_sequence`, null);
});

/** What "exclude none" options do. */
export const nullStopsLeftOut: Trait = reshaped('stop_reason and stop_sequence are left out where they are null.', (value) => {
  const at = isOf(value, 'message_delta') ? '/delta' : isOf(value, 'message_start') ? '/message' : '';
  return ['stop_reason', 'stop_sequence'].reduce<unknown>(
    (here, field) => (valueAt(here, `${at}/${field}`) === null ? withAt(here, `${at}/${field}`, undefined) : here),
    value,
  );
});

/** Changes each content block of a message, and the start of each in a stream. */
export function blocksSaid(sentence: string, change: (block: JsonObject) => JsonObject): Trait {
  return reshaped(sentence, (value) => {
    const { content_block: started } = value;
    return isJsonObject(started) ? withField(value, 'content_block', change(started)) : withBlocks(value, change);
  });
}

const without = (value: JsonObject, ...keys: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));

/** A copy without that key, if it is null. */
export function withoutNull(value: JsonObject, key: string): JsonObject {
  return value[key] === null ? without(value, key) : value;
}

/** No signature at all, where thinking starts, in a delta of its own, or in a body. */
export const thinkingUnsigned: readonly Trait[] = [
  blocksSaid('Thinking blocks have no signature.', (block) => (isOf(block, 'thinking') ? without(block, 'signature') : block)),
  {
    sentence: 'A stream has no signature_delta.',
    touches: messages,
    act: says(
      edit({ type: 'content_block_delta', where: (event) => valueAt(event, '/delta/type') === 'signature_delta' }, () => undefined),
    ),
  },
];

/** The signature comes, but the start does not announce it. */
export const thinkingStartBare: Trait = reshaped('A thinking block starts without the key signature.', (value) => {
  const { content_block: started } = value;
  return isJsonObject(started) && isOf(started, 'thinking') ? { ...value, content_block: without(started, 'signature') } : value;
});

/** Every signature is the same word. */
export function signedWith(word: string): Trait {
  return reshaped(`The signature of thinking is always "${word}".`, (value) => {
    const isSignature = valueAt(value, '/delta/type') === 'signature_delta';
    return isSignature ? withAt(value, '/delta/signature', word) : withBlocks(value, (block) => withSignature(block, word));
  });
}

function withSignature(block: JsonObject, word: string): JsonObject {
  return isOf(block, 'thinking') ? withField(block, 'signature', word) : block;
}

function withField(value: JsonObject, key: string, put: unknown): JsonObject {
  return { ...value, [key]: put };
}

/** The message with other blocks; what has no content stays as it is. */
function withBlocks(value: JsonObject, change: (block: JsonObject) => JsonObject): JsonObject {
  const { content } = value;
  if (!Array.isArray(content)) return value;
  return withField(
    value,
    'content',
    content.map((block: unknown) => (isJsonObject(block) ? change(block) : block)),
  );
}

/** Ids with the prefix of the engine's. */
export function messageIds(prefix: string): Trait {
  return reshaped(`Ids of replies begin with ${prefix}.`, (value) => {
    const at = isOf(value, 'message_start') ? '/message/id' : '/id';
    const id = valueAt(value, at);
    return typeof id === 'string' ? withAt(value, at, id.replace(/^msg_/, prefix)) : value;
  });
}

/** Ids of calls, in streams and in bodies. */
export function callIds(inStreams: string, inBodies: string): Trait {
  return reshaped(`Ids of calls begin with ${inStreams} in streams and with ${inBodies} in bodies.`, (value) => {
    const { content_block: started } = value;
    if (isJsonObject(started)) return withField(value, 'content_block', renamedCall(started, inStreams));
    return withBlocks(value, (block) => renamedCall(block, inBodies));
  });
}

function renamedCall(block: JsonObject, prefix: string): JsonObject {
  return isOf(block, 'tool_use') ? withField(block, 'id', asText(block['id']).replace(/^toolu_/, prefix)) : block;
}

/** The end of a stream counts nothing else. */
export const endCountsOutputOnly: Trait = reshaped('The usage of message_delta has output_tokens alone.', (value) => {
  const { usage } = value;
  if (!isOf(value, 'message_delta') || !isJsonObject(usage)) return value;
  return { ...value, usage: { output_tokens: usage['output_tokens'] } };
});
