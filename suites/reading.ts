/** Reading evidence without trusting it: events, blocks, text and usage, whatever a server put in their place. */
import { isJsonObject, type JsonObject } from '../spec/json.ts';
import type { Evidence, Frame } from './model/evidence.ts';

/** A frame whose data is a JSON object. */
export interface StreamEvent {
  readonly frame: Frame;
  readonly data: JsonObject;
  /** `data.type`; empty where it is not a string. */
  readonly type: string;
}

/** The events of a stream, of one type where one is named. */
export function eventsOf({ frames }: Evidence, type?: string): readonly StreamEvent[] {
  const events = frames.flatMap((frame) =>
    isJsonObject(frame.json) ? [{ frame, data: frame.json, type: textIn(frame.json, 'type') }] : [],
  );
  return type === undefined ? events : events.filter((event) => event.type === type);
}

/** The value at a path of field names and positions; undefined where the path ends early. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let here = value;
  for (const step of path) {
    if (isList(here) && typeof step === 'number') here = here[step];
    else if (isJsonObject(here) && typeof step === 'string' && Object.hasOwn(here, step)) here = here[step];
    else return undefined;
  }
  return here;
}

/** Like Array.isArray, which would make the elements `any`. */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Content blocks of a message; what is not an object is left out. */
export function blocksOf(message: unknown): readonly JsonObject[] {
  const content = at(message, 'content');
  return isList(content) ? content.filter(isJsonObject) : [];
}

/** The texts of a message's text blocks. */
export function textsOf(message: unknown): readonly string[] {
  return blocksOf(message).flatMap(({ type, text }) => (type === 'text' && typeof text === 'string' ? [text] : []));
}

/** What a message says, joined. */
export function wholeText(message: unknown): string {
  return textsOf(message).join('');
}

/** Whether generation was ended from outside, or failed, so that the last block may be incomplete. */
export function isCut(evidence: Evidence): boolean {
  const { stopReason } = evidence;
  return stopReason === undefined ? eventsOf(evidence, 'error').length > 0 : cuts.has(stopReason);
}

const cuts: ReadonlySet<string> = new Set(['max_tokens', 'refusal', 'pause_turn', 'model_context_window_exceeded']);

/** A count of tokens: undefined where it is absent, null or no integer of 0 or more. */
export function tokens(usage: unknown, field: string): number | undefined {
  const value = at(usage, field);
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
}

/** All input tokens of a usage, cached ones included; undefined without `input_tokens`. */
export function inputTotal(usage: unknown): number | undefined {
  const input = tokens(usage, 'input_tokens');
  if (input === undefined) return undefined;
  return input + (tokens(usage, 'cache_creation_input_tokens') ?? 0) + (tokens(usage, 'cache_read_input_tokens') ?? 0);
}

/** Whether a server took the request: a complete answer with a 2xx status. Whether it is an answer at all: `holdsAnswer`. */
export function isAccepted({ status, ended }: Evidence): boolean {
  return ended === 'complete' && status !== undefined && status >= 200 && status < 300;
}

/** Whether a 2xx holds what was asked for, however faulty: a server that says 200 to everything takes nothing. Of other routes any answer will do. */
export function holdsAnswer(evidence: Evidence): boolean {
  const { endpoint, isStream, json } = evidence;
  if (endpoint === 'messages') {
    return isStream ? eventsOf(evidence, 'message_start').length > 0 : at(json, 'type') === 'message' || at(json, 'role') === 'assistant';
  }
  if (endpoint === 'count-tokens') return at(json, 'input_tokens') !== undefined;
  if (endpoint === 'models') return isList(at(json, 'data'));
  if (endpoint === 'model') return at(json, 'id') !== undefined;
  return true;
}

function textIn(value: JsonObject, field: string): string {
  const text = value[field];
  return typeof text === 'string' ? text : '';
}
