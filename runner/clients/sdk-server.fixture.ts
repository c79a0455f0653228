/** A Messages server of a few lines for the official SDK, that can be told how to answer otherwise. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isJsonObject, type JsonObject } from '../../spec/json.ts';
import { httpServer, type Loopback } from '../wire/loopback.fixture.ts';

export interface Ways {
  /** The text of an event stream, from its events. */
  readonly stream?: (events: readonly JsonObject[]) => string;
  readonly contentType?: string;
  /** What is different in a message: of both modes, before events are made of it. */
  readonly message?: (message: JsonObject) => JsonObject;
  /** Status and body for an empty list of messages. */
  readonly refusal?: readonly [status: number, body: string];
  /** What becomes of `thread`. Default `recoverable`: refused as the SDK wants it. */
  readonly thread?: 'ignored' | 'refused' | 'kept' | 'recoverable';
  /** What `GET /v1/models` answers, by its query. */
  readonly models?: (query: URLSearchParams) => unknown;
  /** Headers of every request are told. */
  readonly onRequest?: (request: IncomingMessage) => void;
  /** Answers the first so many requests by the SDK with 529. */
  readonly busy?: number;
}

export function sdkServer(ways: Ways = {}): Promise<Loopback> {
  let busy = ways.busy ?? 0;
  return httpServer((request, response) => {
    ways.onRequest?.(request);
    if (busy > 0 && request.headers['user-agent']?.startsWith('Anthropic') === true) {
      busy -= 1;
      send(response, 529, envelope('overloaded_error', 'later'), { 'retry-after': '0' });
      return;
    }
    void bodyOf(request).then((body) => answer(request, body, response, ways));
  });
}

/** Text of an event stream, each event named by its type. */
export const framed = (events: readonly JsonObject[]): string =>
  events.map((event) => `event: ${String(event['type'])}\ndata: ${JSON.stringify(event)}\n\n`).join('');

function answer(request: IncomingMessage, body: JsonObject, response: ServerResponse, ways: Ways): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://server');
  if (pathname === '/v1/messages/count_tokens') return send(response, 200, { input_tokens: 5 });
  if (pathname === '/v1/models')
    return send(response, 200, ways.models?.(searchParams) ?? { data: [model], has_more: false, first_id: 'm', last_id: 'm' });
  if (pathname === '/v1/models/m') return send(response, 200, model);
  const { messages, thread } = body;
  if (!Array.isArray(messages) || messages.length === 0) {
    const [status, text] = ways.refusal ?? [400, JSON.stringify(envelope('invalid_request_error', 'messages: is empty'))];
    response.writeHead(status, { 'content-type': 'application/json' }).end(text);
    return;
  }
  if (body['model'] !== 'm') return send(response, 404, envelope('not_found_error', 'no such model'));
  if (isJsonObject(thread) && ways.thread !== 'ignored') {
    if (ways.thread === 'kept') {
      if (thread['type'] === 'continue' && thread['previous_message_id'] !== 'msg_1')
        return send(response, 404, envelope('not_found_error', 'no such thread', { error_code: 'thread_not_found' }));
    } else {
      const details = ways.thread === 'refused' ? undefined : { error_code: 'thread_unsupported_request' };
      return send(response, 400, envelope('invalid_request_error', 'thread: is not supported', details));
    }
  }
  const message = (ways.message ?? ((same) => same))(messageTo(body));
  if (body['stream'] !== true) return send(response, 200, message);
  response.setHeader('content-type', ways.contentType ?? 'text/event-stream').end((ways.stream ?? framed)(eventsOf(message)));
}

const model = { id: 'm', type: 'model', display_name: 'M', created_at: '2026-01-01T00:00:00Z' };

function envelope(type: string, message: string, details?: unknown): JsonObject {
  return { type: 'error', error: { type, message, ...(details === undefined ? {} : { details }) }, request_id: 'req_1' };
}

function send(response: ServerResponse, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_1', ...headers }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<JsonObject> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) if (chunk instanceof Uint8Array) chunks.push(chunk);
  const parsed: unknown = JSON.parse(Buffer.concat(chunks).toString() || '{}');
  return isJsonObject(parsed) ? parsed : {};
}

/** Calls the tool that is forced, thinks where that was asked for, writes JSON for a format, or says hello. */
function messageTo(body: JsonObject): JsonObject {
  const isForced = isJsonObject(body['tool_choice']) && body['tool_choice']['type'] === 'tool';
  const text = isJsonObject(body['output_config']) ? '{"sky":"clear"}' : 'Hello.';
  const content = isForced
    ? [{ type: 'tool_use', id: 'toolu_1', name: 'pick_fruit', input: { fruit: 'pear' } }]
    : [...(isJsonObject(body['thinking']) ? [{ type: 'thinking', thinking: 'Hm.', signature: 'c2ln' }] : []), { type: 'text', text }];
  return {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'm',
    content,
    stop_reason: isForced ? 'tool_use' : 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 5, output_tokens: 2 },
  };
}

function eventsOf({ content, stop_reason, ...message }: JsonObject): readonly JsonObject[] {
  const blocks = Array.isArray(content) ? content.filter(isJsonObject) : [];
  return [
    { type: 'message_start', message: { ...message, content: [], stop_reason: null } },
    ...blocks.flatMap((block, index) => [
      { type: 'content_block_start', index, content_block: emptied(block) },
      ...deltasOf(block).map((delta) => ({ type: 'content_block_delta', index, delta })),
      { type: 'content_block_stop', index },
    ]),
    { type: 'message_delta', delta: { stop_reason, stop_sequence: null }, usage: { output_tokens: 2 } },
    { type: 'message_stop' },
  ];
}

function emptied(block: JsonObject): JsonObject {
  if (block['type'] === 'text') return { type: 'text', text: '' };
  if (block['type'] === 'thinking') return { type: 'thinking', thinking: '', signature: '' };
  return { ...block, input: {} };
}

function deltasOf(block: JsonObject): readonly JsonObject[] {
  if (block['type'] === 'text') return [{ type: 'text_delta', text: block['text'] }];
  if (block['type'] === 'tool_use') return [{ type: 'input_json_delta', partial_json: JSON.stringify(block['input']) }];
  return [
    { type: 'thinking_delta', thinking: block['thinking'] },
    { type: 'signature_delta', signature: block['signature'] },
  ];
}
