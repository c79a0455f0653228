/** An engine on a loopback port that sends what a test tells it to, and remembers what it was asked. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isJsonObject, type JsonObject } from '../../spec/json.ts';

export interface Asked {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: JsonObject;
}

export type ChatHandler = (response: ServerResponse, body: JsonObject, attempt: number) => void | Promise<void>;

export interface Engine extends AsyncDisposable {
  readonly url: string;
  readonly asked: readonly Asked[];
  /** Bodies of the chat completions that were asked for. */
  chats(): readonly JsonObject[];
}

export interface EngineScript {
  /** `owned_by` of its one model, `m`. Default `vllm`. */
  readonly owner?: string;
  readonly model?: JsonObject;
  /** Its models, in the place of that one. */
  readonly models?: readonly JsonObject[];
  readonly chat?: ChatHandler;
  /** Whether it has no chat completions at all, and not only none that the test needs. */
  readonly hasNoChat?: boolean;
  /** Answers of other paths, by path. */
  readonly routes?: Readonly<Record<string, (body: JsonObject) => unknown>>;
  /** Bodies of the 400s of other paths, by path. */
  readonly refusals?: Readonly<Record<string, JsonObject>>;
}

export async function startEngine({
  owner = 'vllm',
  model = {},
  models,
  chat,
  hasNoChat = false,
  routes = {},
  refusals = {},
}: EngineScript = {}): Promise<Engine> {
  const asked: Asked[] = [];
  let attempts = 0;
  const server = createServer((request, response) => {
    void answer(request, response);
  });
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    const pieces: Uint8Array[] = [];
    for await (const piece of request) pieces.push(piece);
    const text = Buffer.concat(pieces).toString('utf8');
    const parsed: unknown = text === '' ? {} : JSON.parse(text);
    const body = isJsonObject(parsed) ? parsed : {};
    // Whether the route is there is asked at the start. Engines refuse that, and it is no chat.
    if (path === '/v1/chat/completions' && !hasNoChat && body['messages'] === undefined) {
      sendJson(response, 400, { error: { message: 'messages: field required' } });
      return;
    }
    asked.push({ path, authorization: request.headers.authorization, body });
    const route = routes[path];
    if (path === '/v1/models')
      sendJson(response, 200, {
        object: 'list',
        data: models ?? [{ id: 'm', object: 'model', created: 1_760_000_000, owned_by: owner, max_model_len: 4096, ...model }],
      });
    else if (refusals[path] !== undefined) sendJson(response, 400, refusals[path]);
    else if (route !== undefined) sendJson(response, 200, await route(body));
    else if (path === '/v1/chat/completions' && chat !== undefined) await chat(response, body, (attempts += 1));
    else sendJson(response, 404, { detail: 'Not Found' });
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    asked,
    chats: () => asked.filter(({ path }) => path === '/v1/chat/completions').map(({ body }) => body),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

export function sendJson(response: ServerResponse, status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(value));
}

/** Sends the events of a stream, strings as they are; a list of chunks and then `[DONE]`. */
export function sendChunks(response: ServerResponse, chunks: readonly unknown[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  for (const event of chunks) response.write(typeof event === 'string' ? event : `data: ${JSON.stringify(event)}\n\n`);
  response.end();
}

export const done = 'data: [DONE]\n\n';

/** A chunk with one choice. */
export function chunk(
  delta: JsonObject,
  rest: { readonly finish?: string; readonly choice?: JsonObject; readonly [field: string]: unknown } = {},
): JsonObject {
  const { finish = null, choice = {}, ...fields } = rest;
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1_760_000_000,
    model: 'm',
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish, ...choice }],
    ...fields,
  };
}

/** The last chunk, with usage alone. */
export function usageChunk(prompt: number, output: number, rest: JsonObject = {}): JsonObject {
  return { ...chunk({}), choices: [], usage: { prompt_tokens: prompt, completion_tokens: output, total_tokens: prompt + output, ...rest } };
}

/** A piece of a tool call. */
export function call(index: number, json: string, start: { readonly id?: string; readonly name?: string } = {}): JsonObject {
  const { id, name } = start;
  return {
    tool_calls: [
      {
        index,
        ...(id === undefined ? {} : { id, type: 'function' }),
        function: { ...(name === undefined ? {} : { name }), arguments: json },
      },
    ],
  };
}
