/** Tools, blocks and calls in requests and replies, as faults about tools look for them and change them. */
import type { Message } from '../../../spec/index.ts';
import { isJsonObject, type JsonObject } from '../../../spec/json.ts';
import { withAt } from '../acting.ts';
import { type Fault, mapBody, mapEvents } from '../reply-faults.ts';
import { all, at, body, header, plain, type Touch, valueAt } from '../touching.ts';
import { anew } from '../stream-edits.ts';
import { isList } from './shaping.ts';

export const is =
  (expected: unknown) =>
  (value: unknown): boolean =>
    value === expected;

/** Sent by the official SDK. */
export const bySdk: Touch = header('user-agent', (value) => value?.startsWith('Anthropic/') === true);

/** One of the tools is so. */
export function someTool(isSo: (tool: JsonObject) => boolean): Touch {
  return at('/tools', (tools) => isList(tools) && tools.some((tool) => isJsonObject(tool) && isSo(tool)));
}

/** A block of one of the messages is so. */
export function someBlock(isSo: (block: JsonObject) => boolean): Touch {
  return body((value) => blocksOf(value).some(isSo));
}

/** One of the results of tools is so. */
export function someResult(isSo: (result: JsonObject) => boolean): Touch {
  return someBlock((block) => block['type'] === 'tool_result' && isSo(block));
}

/** One of the results of tools holds a block of that type. */
export function resultWith(type: string): Touch {
  return someResult(({ content }) => isList(content) && content.some((block) => valueAt(block, '/type') === type));
}

function blocksOf(value: JsonObject): readonly JsonObject[] {
  const messages = isList(value['messages']) ? value['messages'] : [];
  return messages.flatMap((message) => {
    const content = valueAt(message, '/content');
    return isList(content) ? content.filter(isJsonObject) : [];
  });
}

/** A forced call of the tool without arguments. */
export const bellPlain: Touch = all(plain, at('/tool_choice/name', is('ring_bell')), at('/max_tokens', is(256)));

/** Another value at a JSON Pointer of the first call in a JSON body. */
export function putInCall(pointer: string, value: unknown): Fault {
  return mapBody((message: Message) => {
    const position = message.content.findIndex(({ type }) => type === 'tool_use');
    return position === -1 ? message : withAt(message, `/content/${position}${pointer}`, value);
  });
}

/** The arguments of the calls of a stream, each in one piece, as their text becomes by `change`. */
export function rewriteArguments(change: (json: string, position: number) => string): Fault {
  return anew(() => {
    let pieces: string | undefined;
    let position = -1;
    return mapEvents((event) => {
      if (event.type === 'content_block_start' && event.content_block.type === 'tool_use') {
        pieces = '';
        position += 1;
      }
      if (pieces === undefined) return event;
      if (event.type === 'content_block_delta' && event.delta.type === 'input_json_delta') {
        pieces += event.delta.partial_json;
        return undefined;
      }
      if (event.type !== 'content_block_stop') return event;
      const { index } = event;
      const delta = { type: 'input_json_delta', partial_json: change(pieces, position) };
      pieces = undefined;
      return [{ type: 'content_block_delta', index, delta }, event];
    });
  });
}
