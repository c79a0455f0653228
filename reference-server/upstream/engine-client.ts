/** HTTP to the engine: bounded, timed, never redirected. Whatever goes wrong is an `ApiError` that the client of this server may read. */
import { Agent, request, type Dispatcher } from 'undici';
import { ApiError } from '../../endpoint/errors.ts';
import type { EngineAddress } from './engine-address.ts';
import { refusedByEngine, unreachable } from './engine-error.ts';

export interface EngineClientOptions {
  /** Sent as a Bearer token, to this engine only. */
  readonly key?: string;
  /** Longest silence of the engine, before its head and between its bytes. Default 600,000: a long prompt in a long queue. */
  readonly silenceMs?: number;
}

/** A reply that has begun well. */
export interface EngineStream {
  readonly contentType: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** All of it as text, in the place of `bytes`. Text that is too long is cut, and parses no more. */
  readonly readAll: () => Promise<string>;
}

/** What a whole JSON answer may weigh: counting gives back the tokens of a long prompt. */
const longestAnswer = 64 * 1024 * 1024;
const longestRefusal = 64 * 1024;
const longestPlainSilenceMs = 30_000;
/** What is shorter is a placeholder, such as `EMPTY`. */
const shortestSecret = 8;

export class EngineClient implements AsyncDisposable {
  readonly address: EngineAddress;
  readonly #key: string | undefined;
  readonly #silenceMs: number;
  /** Longest silence before an answer that takes no generation. */
  readonly plainSilenceMs: number;
  /** No connection is used twice: llama.cpp's server closes them after a stream unannounced, and the next request would be lost. */
  readonly #agent = new Agent({ pipelining: 0, connect: { timeout: 10_000 } });

  constructor(address: EngineAddress, { key, silenceMs = 600_000 }: EngineClientOptions = {}) {
    this.address = address;
    this.#key = key;
    this.#silenceMs = silenceMs;
    this.plainSilenceMs = Math.min(silenceMs, longestPlainSilenceMs);
  }

  /** The parsed body of a GET. */
  async get(url: string, signal?: AbortSignal): Promise<unknown> {
    return readJson(await this.#send('GET', url, undefined, this.plainSilenceMs, signal));
  }

  /** The parsed body of a POST. */
  async post(url: string, body: unknown, signal?: AbortSignal): Promise<unknown> {
    return readJson(await this.#send('POST', url, body, this.#silenceMs, signal));
  }

  /** The body of a POST while it comes. Aborting, or leaving its iteration, closes the connection, so that the engine stops. */
  async stream(url: string, body: unknown, signal: AbortSignal): Promise<EngineStream> {
    const response = await this.#send('POST', url, body, this.#silenceMs, signal);
    const type = response.headers['content-type'];
    const { body: bytes } = response;
    return {
      contentType: typeof type === 'string' ? type : '',
      bytes: translated(bytes),
      readAll: () => readText(bytes, longestAnswer),
    };
  }

  async #send(
    method: 'GET' | 'POST',
    url: string,
    body: unknown,
    silenceMs: number,
    signal?: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    const response = await request(url, {
      method,
      headers: {
        accept: 'application/json, text/event-stream',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.#key === undefined ? {} : { authorization: `Bearer ${this.#key}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
      headersTimeout: silenceMs,
      bodyTimeout: silenceMs,
      dispatcher: this.#agent,
    }).catch((error: unknown) => {
      throw unreachable(error);
    });
    if (response.statusCode >= 200 && response.statusCode < 300) return response;
    const retryAfter = response.headers['retry-after'];
    const text = await readText(response.body, longestRefusal);
    throw refusedByEngine(
      response.statusCode,
      this.#withoutKey(text.slice(0, longestRefusal)),
      typeof retryAfter === 'string' ? retryAfter : undefined,
    );
  }

  /** Some engines repeat the key that they refuse, and it is none of the client's business. */
  #withoutKey(text: string): string {
    return this.#key === undefined || this.#key.length < shortestSecret ? text : text.replaceAll(this.#key, '***');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#agent.destroy();
  }
}

async function* translated(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  try {
    yield* body;
  } catch (error) {
    throw unreachable(error);
  }
}

async function readJson(response: Dispatcher.ResponseData): Promise<unknown> {
  const text = await readText(response.body, longestAnswer);
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError('api_error', 'The engine answered with something that is not JSON.');
  }
}

/** Stops reading soon after `limit` bytes; a refusal is cut there, and a JSON text cut there does not parse. */
async function readText(body: AsyncIterable<Uint8Array>, limit: number): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of translated(body)) {
    pieces.push(piece);
    length += piece.length;
    if (length > limit) break;
  }
  // A byte order mark is no part of it.
  return new TextDecoder().decode(Buffer.concat(pieces));
}
