/** A Messages server of a few lines, that can be told to go wrong where several requests, or their connections, meet. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isJsonObject, type JsonObject } from '../spec/json.ts';
import { httpServer, type Loopback } from './wire/loopback.fixture.ts';

export type Flaw =
  /** Two streams that are in progress at once get each other's answer. */
  | 'swaps-streams'
  /** Nothing is answered any more once a client has hung up. */
  | 'dies-of-disconnects'
  /** The connection is closed after each answer, and no header says so. */
  | 'closes-silently'
  /** Every request is answered 500. */
  | 'fails-always';

/** A server whose long answers (`max_tokens` over 100) begin and never end. */
export function smallServer(flaw?: Flaw): Promise<Loopback> {
  const waiting: { readonly response: ServerResponse; readonly body: JsonObject }[] = [];
  let isDead = false;
  let made = 0;

  const answer = (body: JsonObject, response: ServerResponse, of: JsonObject = body): void => {
    made += 1;
    const message = messageTo(of, made);
    if (body['stream'] === true) response.setHeader('content-type', 'text/event-stream').end(eventsOf(message).map(framed).join(''));
    else sendJson(response, 200, message);
  };
  const begin = (body: JsonObject, response: ServerResponse): void => {
    response.on('close', () => {
      isDead ||= flaw === 'dies-of-disconnects';
    });
    if (body['stream'] === true) {
      const begun = eventsOf(messageTo(body, 0)).slice(0, 3);
      response.setHeader('content-type', 'text/event-stream').write(begun.map(framed).join(''));
    }
  };
  const handle = (request: IncomingMessage, body: JsonObject, response: ServerResponse): void => {
    if (isDead) return;
    const { socket } = request;
    if (flaw === 'closes-silently') response.once('finish', () => socket.end());
    if (flaw === 'fails-always') sendJson(response, 500, { type: 'error', error: { type: 'api_error', message: 'no memory' } });
    else if (request.url === '/v1/messages/count_tokens') sendJson(response, 200, { input_tokens: JSON.stringify(body).length });
    else if (!Array.isArray(body['messages']) || body['messages'].length === 0) {
      sendJson(response, 400, { type: 'error', error: { type: 'invalid_request_error', message: 'messages: is empty' } });
    } else if (Number(body['max_tokens']) > 100) begin(body, response);
    else if (flaw === 'swaps-streams' && body['stream'] === true && isForced(body)) {
      waiting.push({ response, body });
      const [first, second] = waiting;
      if (first === undefined || second === undefined) return;
      waiting.length = 0;
      answer(first.body, first.response, second.body);
      answer(second.body, second.response, first.body);
    } else answer(body, response);
  };
  return httpServer((request, response) => {
    void read(request).then((body) => handle(request, body, response));
  });
}

async function read(request: IncomingMessage): Promise<JsonObject> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) if (chunk instanceof Uint8Array) chunks.push(chunk);
  const parsed: unknown = JSON.parse(Buffer.concat(chunks).toString() || '{}');
  return isJsonObject(parsed) ? parsed : {};
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function isForced(body: JsonObject): boolean {
  return isJsonObject(body['tool_choice']) && body['tool_choice']['type'] === 'tool';
}

/** Calls the tool that is forced, or says hello. */
function messageTo(body: JsonObject, number: number): JsonObject & { readonly content: readonly JsonObject[] } {
  const choice = body['tool_choice'];
  const block =
    isForced(body) && isJsonObject(choice)
      ? { type: 'tool_use', id: `toolu_${number}`, name: choice['name'], input: {} }
      : { type: 'text', text: 'Hello.' };
  return {
    id: `msg_${number}`,
    type: 'message',
    role: 'assistant',
    model: body['model'],
    content: [block],
    stop_reason: isForced(body) ? 'tool_use' : 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 5, output_tokens: 2 },
  };
}

function eventsOf({ content, stop_reason, ...message }: ReturnType<typeof messageTo>): readonly JsonObject[] {
  const [block = {}] = content;
  const isText = block['type'] === 'text';
  return [
    { type: 'message_start', message: { ...message, content: [], stop_reason: null } },
    { type: 'content_block_start', index: 0, content_block: isText ? { type: 'text', text: '' } : block },
    {
      type: 'content_block_delta',
      index: 0,
      delta: isText ? { type: 'text_delta', text: block['text'] } : { type: 'input_json_delta', partial_json: '{}' },
    },
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason, stop_sequence: null }, usage: { output_tokens: 2 } },
    { type: 'message_stop' },
  ];
}

function framed(event: JsonObject): string {
  return `event: ${String(event['type'])}\ndata: ${JSON.stringify(event)}\n\n`;
}
