/** Shapes of replies and bodies that several tables of faults change. */
import { isJsonObject, type JsonObject } from '../../../spec/json.ts';
import { heldFrames } from '../../../endpoint/held-frames.ts';
import type { Frame, Reply, StreamEnding } from '../../../endpoint/index.ts';
import { withAt } from '../acting.ts';
import type { KnownFault } from '../fault.ts';
import { type Fault, mapBody } from '../reply-faults.ts';
import { valueAt } from '../touching.ts';

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** A copy in which each entry of the list at a JSON Pointer is another one; undefined leaves it out. */
export function withEach(value: unknown, pointer: string, change: (entry: unknown, index: number) => unknown): unknown {
  const list = valueAt(value, pointer);
  if (!isList(list)) return value;
  const changed = list.map(change).filter((entry) => entry !== undefined);
  return withAt(value, pointer, changed);
}

/** Changes the body of a success, whatever it is. */
export function mapJson(change: (body: JsonObject) => unknown): Fault {
  return mapBody((body) => change({ ...body }));
}

/** Sends a body only after so many milliseconds. */
export function answersLate(milliseconds: number): Fault {
  return (reply) => {
    if (reply.kind !== 'body') return reply;
    const { body, status, headers } = reply;
    return { kind: 'stream', status, headers, frames: heldFrames(late({ text: body, due: milliseconds })) };
  };
}

function* late(frame: Frame): Generator<Frame, StreamEnding> {
  yield frame;
  return 'end';
}

/** Changes a models list; other bodies pass. */
export function mapList(change: (page: JsonObject, data: readonly JsonObject[]) => unknown): Fault {
  return mapJson((body) => (isList(body['data']) ? change(body, body['data'].filter(isJsonObject)) : body));
}

/** Changes each entry of a models list, and a model that was asked for alone. `before` is called once for each answer. */
export function mapEntries(change: (entry: JsonObject) => JsonObject, before: () => void = () => undefined): Fault {
  return mapJson((body) => {
    before();
    const { data } = body;
    return isList(data) ? { ...body, data: data.filter(isJsonObject).map(change) } : change(body);
  });
}

/** Takes a request to name another version. */
export function hearsVersion(heard: string): KnownFault['act'] {
  return () => ({
    hearsHeaders: (headers) => [...headers.filter(([name]) => name.toLowerCase() !== 'anthropic-version'), ['anthropic-version', heard]],
  });
}

/** Sends a stream as one body of known length, when it has been made. */
export async function heldBack(reply: Reply): Promise<Reply> {
  if (reply.kind !== 'stream') return reply;
  let body = '';
  for await (const { text } of reply.frames) body += text;
  return { kind: 'body', status: reply.status, headers: reply.headers, body };
}
