/** Servers that are wrong on purpose: functions that change a finished Reply, for tests of checks and of clients. */
import type { ErrorResponse, Message, StreamEvent } from '../../spec/index.ts';
import { asText } from '../../spec/as-text.ts';
import { abortableFrames, type Endpoint, type EndpointRequest, type Frame, type Reply, type StreamEnding } from '../../endpoint/index.ts';

/** Changes a reply on its way out. For `listen(mock, { transform })` and `withFault`. */
export type Fault = (reply: Reply, request: EndpointRequest) => Reply;

/** The endpoint with a fault in it; for use without a port. */
export function withFault(endpoint: Endpoint, fault: Fault): Endpoint {
  return { handle: async (request) => fault(await endpoint.handle(request), request) };
}

/** Several faults, one after the other. */
export function allFaults(...faults: readonly Fault[]): Fault {
  return (reply, request) => faults.reduce((changed, fault) => fault(changed, request), reply);
}

/** The fault, only where the request is so. */
export function onlyWhen(applies: (request: EndpointRequest) => boolean, fault: Fault): Fault {
  return (reply, request) => (applies(request) ? fault(reply, request) : reply);
}

/** Changes the bytes of each frame of a stream: several for one, none, or others. `index` counts from 0. */
export function mapFrames(change: (frame: Frame, index: number) => readonly Frame[]): Fault {
  return mapStream((frames) => changedFrames(frames, change));
}

/**
 * Changes each event of a stream. What the function returns need not be a valid event: undefined drops it, an array sends several. The
 * `event:` line is the value's `type`.
 */
export function mapEvents(change: (event: StreamEvent, index: number) => unknown): Fault {
  return mapFrames((frame, index) => {
    const changed = change(eventOf(frame), index);
    const values: readonly unknown[] = Array.isArray(changed) ? changed : changed === undefined ? [] : [changed];
    const due = frame.due === undefined ? {} : { due: frame.due };
    return values.map((value) => Object.assign({ text: `event: ${typeOf(value)}\ndata: ${JSON.stringify(value)}\n\n` }, due));
  });
}

/** A stream without the events of one type: `dropEvent('message_stop')`. */
export function dropEvent(type: StreamEvent['type']): Fault {
  return mapEvents((event) => (event.type === type ? undefined : event));
}

/** A stream that says one more thing at its end: `appendText('data: [DONE]\n\n')`. */
export function appendText(text: string): Fault {
  return mapFrames((frame) => (eventOf(frame).type === 'message_stop' ? [frame, { text }] : [frame]));
}

/** A stream cut after so many frames, ended in another way. */
export function cutAfter(count: number, ending: StreamEnding): Fault {
  return mapStream((frames) => cutFrames(frames, count, ending));
}

/** Changes the JSON body of a successful reply; a string is sent as it is. Bodies are Messages, counts and model lists. */
export function mapBody(change: (body: Message, request: EndpointRequest) => unknown): Fault {
  return (reply, request) => {
    if (reply.kind !== 'body' || reply.status >= 400 || reply.body === '') return reply;
    return { ...reply, body: textOf(change(JSON.parse(reply.body), request)) };
  };
}

/** What an error is replaced with; what is absent stays. */
export interface ErrorReplacement {
  readonly status?: number;
  readonly contentType?: string;
  /** An object is sent as JSON, a string as it is. */
  readonly body?: unknown;
}

/** Changes error replies. */
export function replaceError(change: (envelope: ErrorResponse, status: number) => ErrorReplacement): Fault {
  return (reply) => {
    if (reply.kind !== 'body' || reply.status < 400) return reply;
    const { status = reply.status, contentType, body } = change(JSON.parse(reply.body), reply.status);
    const replaced: Reply = { ...reply, status, body: body === undefined ? reply.body : textOf(body) };
    return contentType === undefined ? replaced : setHeader('content-type', contentType)(replaced, noRequest);
  };
}

/** Errors in OpenAI's shape, without the outer `type`. */
export const openAiErrors: Fault = replaceError(({ error }) => ({
  body: { error: { message: error.message, type: error.type, param: null, code: null } },
}));

/** Errors as a proxy's HTML page. */
export const htmlErrors: Fault = replaceError((_, status) => ({
  contentType: 'text/html',
  body: `<html><body><h1>${status}</h1></body></html>\n`,
}));

/** A header with another value, or (undefined) without it. */
export function setHeader(name: string, value: string | undefined): Fault {
  return (reply) => {
    const others = reply.headers.filter(([other]) => other.toLowerCase() !== name.toLowerCase());
    return { ...reply, headers: value === undefined ? others : [...others, [name, value]] };
  };
}

type Frames = AsyncGenerator<Frame, StreamEnding>;

/** What reads the frames may let go of them at any time, and the generation behind must notice at once. */
function mapStream(change: (frames: Frames) => Frames): Fault {
  return (reply) => {
    if (reply.kind !== 'stream') return reply;
    const { frames } = reply;
    return { ...reply, frames: abortableFrames(change(frames), () => void frames.return('end')) };
  };
}

const noRequest: EndpointRequest = { method: 'GET', url: '/', headers: [] };

function textOf(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

function eventOf({ text }: Frame): StreamEvent {
  const data = /^data: (.*)$/m.exec(text)?.[1] ?? '{}';
  return JSON.parse(data);
}

function typeOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'type' in value ? asText(value.type) : 'message';
}

async function* changedFrames(frames: Frames, change: (frame: Frame, index: number) => readonly Frame[]): Frames {
  for (let index = 0; ; index += 1) {
    const { done, value } = await frames.next();
    if (done === true) return value;
    yield* change(value, index);
  }
}

async function* cutFrames(frames: Frames, count: number, ending: StreamEnding): Frames {
  for (let index = 0; index < count; index += 1) {
    const { done, value } = await frames.next();
    if (done === true) return value;
    yield value;
  }
  await frames.return('end');
  return ending;
}
