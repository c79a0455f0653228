/** A backend that says what a test tells it to, and requests to ask it with. */
import type { MessagesRequest, ModelInfo } from '../spec/index.ts';
import type { Backend, BackendEvent } from './backend.ts';
import type { Frame, Reply, StreamEnding } from './reply.ts';
import type { EndpointRequest } from './request.ts';

export const model: ModelInfo = {
  type: 'model',
  id: 'test-model',
  display_name: 'Test',
  created_at: '2026-01-01T00:00:00Z',
  max_tokens: 1000,
};

type Generate = (request: MessagesRequest, signal: AbortSignal) => Iterable<BackendEvent> | AsyncIterable<BackendEvent>;

/** Says the events of the function, counts 7 tokens, serves `test-model`. */
export function scripted(generate: Generate, overrides: Partial<Backend> = {}): Backend {
  return {
    models: () => [model],
    countTokens: () => 7,
    async *generate(request, signal) {
      yield* generate(request, signal);
    },
    ...overrides,
  };
}

export const hello: readonly BackendEvent[] = [
  { type: 'start', prompt: { input: 7 } },
  { type: 'text', text: 'Hel' },
  { type: 'text', text: 'lo' },
  { type: 'stop', reason: 'end_turn', outputTokens: 2 },
];

export const headers: readonly (readonly [string, string])[] = [
  ['content-type', 'application/json'],
  ['anthropic-version', '2023-06-01'],
];

export const body: Readonly<Record<string, unknown>> = { model: 'test-model', max_tokens: 10, messages: [{ role: 'user', content: 'Hi' }] };

/** A POST to `/v1/messages`; strings are sent as they are. */
export function post(value: unknown, changes: Partial<EndpointRequest> = {}): EndpointRequest {
  return { method: 'POST', url: '/v1/messages', headers, body: typeof value === 'string' ? value : JSON.stringify(value), ...changes };
}

export function get(url: string): EndpointRequest {
  return { method: 'GET', url, headers };
}

/** Status and parsed body of a reply that is not a stream. */
export function read(reply: Reply): { readonly status: number; readonly body: unknown } {
  if (reply.kind !== 'body') throw new Error('the reply is a stream');
  return { status: reply.status, body: reply.body === '' ? '' : JSON.parse(reply.body) };
}

/** Status, error type and message of an error reply. */
export function readError(reply: Reply): readonly [status: number, type: unknown, message: string] {
  if (reply.kind !== 'body') throw new Error('the reply is a stream');
  const { error } = JSON.parse(reply.body);
  return [reply.status, error.type, String(error.message)];
}

export function framesOf(reply: Reply): AsyncGenerator<Frame, StreamEnding> {
  if (reply.kind !== 'stream') throw new Error(`not a stream: ${reply.status} ${reply.body}`);
  return reply.frames;
}

/** The parsed data of every event of a stream. */
export async function readEvents(reply: Reply): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const texts: string[] = [];
  for await (const { text } of framesOf(reply)) texts.push(text);
  return texts.map((text) => JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? 'null'));
}
