/** What a script may answer with: a message, an error, a plan of its own, or a function that makes one of them for the request. */
import type { MessagesRequest } from '../../spec/index.ts';
import type { HeaderMap, Reply } from '../../endpoint/index.ts';
import { isJsonObject } from '../../spec/json.ts';
import { isErrorType, type Refusal } from './refusal.ts';
import { ScriptedMessage } from './scripted-message.ts';
import { kindOf, MockScriptError, requireFunction } from './script-error.ts';

/** A Reply of the script's own making, sent as it is; for recordings and for whatever the other words cannot say. */
export interface PlannedReply {
  readonly kind: 'plan';
  /** Called for every request, since frames can be read only once. */
  readonly make: (call: Call) => Reply;
}

/** Sends a Reply as it is. */
export function sendPlan(make: PlannedReply['make']): PlannedReply {
  requireFunction('sendPlan()', make);
  return { kind: 'plan', make };
}

export type ScriptedReply = ScriptedMessage | Refusal | PlannedReply;

/** A request on its way to the function that answers it. */
export interface Call {
  /** How often this entry of the script has been asked, from 1. */
  readonly number: number;
  readonly requestId: string;
  /** By lower-case name. */
  readonly headers: HeaderMap;
  /** Aborts when the client is gone. */
  readonly signal: AbortSignal | undefined;
}

/** What a generator yields: the next piece of text, or parts such as a tool call. */
export type Improvisation = Generator<string | ScriptedMessage, void> | AsyncGenerator<string | ScriptedMessage, void>;

/**
 * The least that every type of a request for a message has, the official SDK's among them. Those types differ in what they leave open, and none
 * is the others' subtype: a function may be written in whichever its author has at hand.
 */
export interface AnyRequest {
  readonly model: string;
  readonly max_tokens: number;
  readonly messages: readonly object[];
}

/** @typeParam Request what the function takes its request for: what the client under test sends, say `Anthropic.MessageCreateParams`. */
export type ReplyFunction<Request extends AnyRequest = MessagesRequest> = (
  request: Request,
  call: Call,
) => ScriptedReply | Promise<ScriptedReply> | Improvisation;

export type ReplyScript<Request extends AnyRequest = MessagesRequest> = ScriptedReply | ReplyFunction<Request>;

/** Throws a `MockScriptError` for what is no reply; types do not reach scripts that are written in JavaScript. */
export function checkReply(place: string, reply: unknown): asserts reply is ReplyScript {
  if (typeof reply === 'function' || isScriptedReply(reply)) return;
  throw new MockScriptError(place, `must be a reply such as say('Hello'), or a function that returns one, not ${kindOf(reply)}.`);
}

export function isScriptedReply(reply: unknown): reply is ScriptedReply {
  if (reply instanceof ScriptedMessage) return true;
  if (!isJsonObject(reply)) return false;
  if (reply['kind'] === 'plan') return typeof reply['make'] === 'function';
  return (
    reply['kind'] === 'refusal' && isErrorType(reply['type']) && typeof reply['message'] === 'string' && isJsonObject(reply['headers'])
  );
}
