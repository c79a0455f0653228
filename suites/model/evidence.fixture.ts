/**
 * Evidence from literals, for unit tests of checks: what a server might have sent, without a server.
 * Streams are framed here by the letter of the event-stream format; the runner has its own, exact parser.
 */
import type { Body, Ending, RawHeader, Step } from '../../spec/index.ts';
import { foldStream } from '../../spec/index.ts';
import type { EndpointName, Evidence, Frame, RequestView } from './evidence.ts';

/** One event by its data; its name is `data.type` unless `event` says otherwise, null for none. */
export interface FixtureEvent {
  readonly event?: string | null;
  readonly data: unknown;
}

export interface FixtureOptions {
  /** Body of the request; `stream` is set to fit. */
  readonly request?: Readonly<Record<string, unknown>>;
  readonly requestHeaders?: Readonly<Record<string, string>>;
  readonly method?: RequestView['method'];
  readonly path?: string;
  readonly validity?: RequestView['validity'];
  readonly endpoint?: EndpointName;
  readonly preflight?: boolean;
  readonly status?: number;
  readonly headers?: readonly RawHeader[];
  readonly ended?: Ending;
  readonly steps?: readonly Step[];
  /** Arrival of each frame, milliseconds; the last value goes on. Default 0. */
  readonly arrivals?: readonly number[];
}

/** The request of which fixtures are answers, unless a test brings its own. */
export const fixtureRequest: Readonly<Record<string, unknown>> = {
  model: 'tiny',
  max_tokens: 32,
  messages: [{ role: 'user', content: 'Say hello.' }],
};

/** A text reply, as a conforming server sends it without `stream`. */
export const fixtureMessage: Readonly<Record<string, unknown>> = {
  id: 'msg_01A',
  type: 'message',
  role: 'assistant',
  model: 'tiny',
  content: [{ type: 'text', text: 'Hello there.' }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 9, output_tokens: 4 },
};

/** The same reply as the events of a conforming stream. */
export const fixtureEvents: readonly Readonly<Record<string, unknown>>[] = [
  {
    type: 'message_start',
    message: { ...fixtureMessage, content: [], stop_reason: null, usage: { input_tokens: 9, output_tokens: 1 } },
  },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hello' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: ' there.' } },
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 4 } },
  { type: 'message_stop' },
];

/**
 * A stream: from event data (an object with `type`), from `{ event, data }` pairs, or from the raw text of the body.
 */
export function streamEvidence(
  body: string | readonly (Readonly<Record<string, unknown>> | FixtureEvent)[],
  options: FixtureOptions = {},
): Evidence {
  const text = typeof body === 'string' ? body : body.map(eventText).join('');
  const status = options.status ?? 200;
  const isStream = status >= 200 && status < 300;
  const frames = isStream ? framesOf(text, options.arrivals ?? []) : [];
  const message = isStream ? foldStream(frames.map(({ json }) => json)).message : undefined;
  return build(text, { ...options, status }, 'text/event-stream', { isStream, frames, message, json: undefined });
}

/** A JSON answer of a route: by default a Message to `POST /v1/messages`. A string is sent as it is. */
export function jsonEvidence(body: unknown, options: FixtureOptions = {}): Evidence {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const json = parsed(text).json;
  const status = options.status ?? 200;
  const isMessage = (options.endpoint ?? 'messages') === 'messages' && status < 300;
  const message = isMessage && typeof json === 'object' && json !== null ? json : undefined;
  return build(text, { ...options, status }, 'application/json', { isStream: false, frames: [], message, json });
}

/** An error response. */
export function refusalEvidence(status: number, body: unknown, options: FixtureOptions = {}): Evidence {
  return jsonEvidence(body, { ...options, status });
}

function eventText(entry: Readonly<Record<string, unknown>> | FixtureEvent): string {
  const isPair = !('type' in entry) && 'data' in entry;
  const data: unknown = isPair ? entry.data : entry;
  const type = typeof data === 'object' && data !== null && 'type' in data ? String(data.type) : undefined;
  const name = isPair && entry.event !== undefined ? entry.event : type;
  const dataText = typeof data === 'string' ? data : JSON.stringify(data);
  return `${typeof name === 'string' ? `event: ${name}\n` : ''}data: ${dataText}\n\n`;
}

function build(
  text: string,
  options: FixtureOptions & { readonly status: number },
  mediaType: string,
  view: Pick<Evidence, 'isStream' | 'frames' | 'message' | 'json'>,
): Evidence {
  const headers: readonly RawHeader[] = options.headers ?? [
    ['content-type', mediaType],
    ['request-id', 'req_01'],
  ];
  const ended = options.ended ?? 'complete';
  const method = options.method ?? 'POST';
  const path = options.path ?? '/v1/messages';
  const isStreamAsked = mediaType === 'text/event-stream';
  const json = method === 'GET' ? undefined : { ...fixtureRequest, ...options.request, ...(isStreamAsked ? { stream: true } : {}) };
  const requestHeaders: readonly RawHeader[] = Object.entries({
    'anthropic-version': '2023-06-01',
    'content-type': 'application/json',
    ...options.requestHeaders,
  });
  const body: Body = { kind: 'text', text };
  return {
    exchange: {
      id: 'x1',
      request: {
        method,
        url: `http://127.0.0.1:8000${path}`,
        headers: requestHeaders,
        ...(json === undefined ? {} : { body: { kind: 'text' as const, text: JSON.stringify(json) } }),
      },
      response: { status: options.status, statusText: '', headers, body, chunks: [{ offset: 0, at: 0 }] },
      timing: { sent: 0, headers: 1, firstByte: 1, end: 2 },
      connection: { id: 1, reused: false },
      inFlight: 0,
      ended,
    },
    steps: options.steps ?? [],
    endpoint: options.endpoint ?? 'messages',
    preflight: options.preflight ?? false,
    request: {
      method,
      path,
      header: (name) => valueOf(requestHeaders, name),
      json,
      stream: isStreamAsked,
      validity: options.validity ?? 'valid',
    },
    ended,
    status: options.status,
    headers,
    header: (name) => valueOf(headers, name),
    mediaType: (valueOf(headers, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '',
    text,
    ...view,
    stopReason: stopReasonOf(view.message),
  };
}

function valueOf(headers: readonly RawHeader[], name: string): string | undefined {
  return headers.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

function stopReasonOf(message: unknown): string | undefined {
  if (typeof message !== 'object' || message === null || !('stop_reason' in message)) return undefined;
  return typeof message.stop_reason === 'string' ? message.stop_reason : undefined;
}

function parsed(text: string): { readonly json?: unknown; readonly jsonProblem?: string } {
  try {
    return { json: JSON.parse(text) as unknown };
  } catch (error) {
    return { jsonProblem: error instanceof Error ? error.message : String(error) };
  }
}

const fieldValue = (line: string, field: string): string | undefined =>
  line === field ? '' : line.startsWith(`${field}:`) ? line.slice(field.length + 1).replace(/^ /, '') : undefined;

function framesOf(body: string, arrivals: readonly number[]): readonly Frame[] {
  const frames: Frame[] = [];
  let lines: string[] = [];
  let endings = new Set<'\n' | '\r\n' | '\r'>();
  let start = 0;
  let end = 0;
  const dispatch = (terminated: boolean): void => {
    if (lines.length === 0) return;
    const data = lines.flatMap((line) => fieldValue(line, 'data') ?? []);
    const event = lines.flatMap((line) => fieldValue(line, 'event') ?? []).at(-1);
    frames.push({
      index: frames.length,
      offset: Buffer.byteLength(body.slice(0, start)),
      lines,
      lineEndings: [...endings],
      terminated,
      ...(event === undefined ? {} : { event }),
      ...(data.length === 0 ? {} : { data: data.join('\n'), ...parsed(data.join('\n')) }),
      at: arrivals[frames.length] ?? arrivals.at(-1) ?? 0,
    });
    lines = [];
    endings = new Set();
  };
  for (const match of body.matchAll(/([^\r\n]*)(\r\n|\n|\r|$)/g)) {
    const [whole, line = '', ending = ''] = match;
    if (whole === '') continue;
    if (lines.length === 0) start = end;
    end = match.index + whole.length;
    if (ending === '\n' || ending === '\r\n' || ending === '\r') endings.add(ending);
    if (line === '') dispatch(true);
    else lines.push(line);
  }
  dispatch(false);
  return frames;
}
