// What the official SDK makes of the bytes of a stream: its accumulator and its plain iterator, with a fetch that returns them.
import Anthropic from '@anthropic-ai/sdk';
import type { JsonObject } from '../../spec/json.ts';

/** What a user of the SDK gets: a value, or an error. */
export type Outcome<Value> = { readonly value: Value } | { readonly error: string };

export interface Replayed {
  /** `messages.stream().finalMessage()`. */
  readonly helper: Outcome<Anthropic.Message>;
  /** Types of the events that `messages.create({ stream: true })` yields; with the error, those before it. */
  readonly iterator: { readonly types: readonly string[]; readonly error?: string };
}

/** What the fetch of a replay answers. */
export interface Body {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where each chunk begins. Default: one chunk. */
  readonly chunks?: readonly number[];
  readonly contentType?: string;
  /** Whether the connection breaks at the end. Default false. */
  readonly breaks?: boolean;
}

function answer({ bytes, chunks = [0], contentType = 'text/event-stream', breaks = false }: Body): Response {
  const parts = chunks.map((start, n) => bytes.slice(start, chunks[n + 1])).values();
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { value, done } = parts.next();
      if (done !== true) controller.enqueue(value);
      else if (breaks) controller.error(new TypeError('terminated'));
      else controller.close();
    },
  });
  return new Response(body, { status: 200, headers: { 'content-type': contentType, 'request-id': 'req_01R' } });
}

/** The request itself is of no interest here: nobody answers it but these bytes. */
const request = { model: 'tiny', max_tokens: 64, messages: [{ role: 'user' as const, content: 'Go on.' }] };

export async function replay(body: Body): Promise<Replayed> {
  const fetch = (): Promise<Response> => Promise.resolve(answer(body));
  const client = new Anthropic({
    apiKey: 'test',
    authToken: null,
    baseURL: 'http://replay.invalid',
    maxRetries: 0,
    logLevel: 'off',
    fetch,
  });
  return { helper: await finalMessage(client), iterator: await iterated(client) };
}

async function finalMessage(client: Anthropic): Promise<Replayed['helper']> {
  try {
    const message = await client.messages.stream(request).finalMessage();
    // The input of a call is parsed when it is read, and may throw only then.
    tellingOf(message);
    return { value: message };
  } catch (error) {
    return { error: textOf(error) };
  }
}

async function iterated(client: Anthropic): Promise<Replayed['iterator']> {
  const types: string[] = [];
  try {
    for await (const event of await client.messages.create({ ...request, stream: true })) types.push(event.type);
    return { types };
  } catch (error) {
    return { types, error: textOf(error) };
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? `${error.constructor.name}: ${error.message.slice(0, 120)}` : String(error);
}

/** What of a message its reader relies on: text, thinking, calls, why it ended and what it cost. */
export function tellingOf({ content, stop_reason, stop_sequence, usage }: Anthropic.Message): JsonObject {
  // The SDK keeps each object as it came, with whatever the server added to it.
  return structuredClone({
    content: content.map((block) => ({ ...block })),
    stop_reason,
    stop_sequence,
    usage: { input_tokens: usage.input_tokens, output_tokens: usage.output_tokens },
  });
}
