/** Edits of a Message, as a JSON body or as the events of a stream alike. */
import type { JsonObject } from '../../spec/json.ts';
import { withAt } from './acting.ts';
import { allFaults, type Fault, mapBody } from './reply-faults.ts';
import { put } from './stream-edits.ts';

/** Another value at a JSON Pointer of a JSON body; undefined removes what is there. */
export function putBody(pointer: string, value: unknown): Fault {
  return mapBody((body) => withAt(body, pointer, value));
}

/** The body with other fields, as `JSON.parse` gives them: undefined removes one. */
export function bodyWith(fields: Readonly<JsonObject>): Fault {
  return allFaults(...Object.entries(fields).map(([field, value]) => putBody(`/${field}`, value)));
}

/** Another value of a field of usage, wherever a reply has usage. */
export function putUsage(field: string, value: unknown): Fault {
  return allFaults(
    putBody(`/usage/${field}`, value),
    put({ type: 'message_start' }, `/message/usage/${field}`, value),
    put({ type: 'message_delta' }, `/usage/${field}`, value),
  );
}

/** Another stop reason, and what goes with it. */
export function putStop(stopReason: unknown, stopSequence: unknown = null): Fault {
  return allFaults(
    bodyWith({ stop_reason: stopReason, stop_sequence: stopSequence }),
    put({ type: 'message_delta' }, '/delta/stop_reason', stopReason),
    put({ type: 'message_delta' }, '/delta/stop_sequence', stopSequence),
  );
}
