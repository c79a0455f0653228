/** What a client of a Messages server sees on its clock: when bytes and deltas of streams arrive. Loopback, one connection for each request at a time. */
import { once } from 'node:events';
import { Agent, type IncomingMessage, request as send } from 'node:http';

export interface Asked {
  readonly prompt: string;
  readonly maxTokens: number;
  /** Whether the prompt is marked to be kept. Default false. */
  readonly cached?: boolean;
  /** Leave after this many pieces of the body. Default: never. */
  readonly leaveAfter?: number;
}

export interface Streamed {
  readonly firstByteMs: number;
  /** Absent where there was none. */
  readonly firstDeltaMs: number | undefined;
  readonly wallMs: number;
  /** Between two deltas that followed each other, the longest. */
  readonly worstGapMs: number;
  readonly outputTokens: number;
  readonly promptTokens: number;
  readonly cachedTokens: number;
}

export interface StreamServer {
  readonly url: string;
  /** Whether a connection may be used again after a stream. */
  readonly keepsConnections: boolean;
}

const headers = { 'content-type': 'application/json', 'anthropic-version': '2023-06-01' };

export class StreamClient implements Disposable {
  readonly #agent: Agent;
  readonly #url: string;
  readonly #model: string;

  constructor({ url, keepsConnections }: StreamServer, model: string) {
    this.#agent = new Agent({ keepAlive: keepsConnections });
    this.#url = url;
    this.#model = model;
  }

  /** Sends one streaming request and reads its answer. @throws Error for anything but a 200. */
  async stream({ prompt, maxTokens, cached = false, leaveAfter = Number.POSITIVE_INFINITY }: Asked): Promise<Streamed> {
    const mark = cached ? { cache_control: { type: 'ephemeral' } } : {};
    const body = JSON.stringify({
      model: this.#model,
      max_tokens: maxTokens,
      stream: true,
      // The likeliest token each time, so that all servers write the same.
      temperature: 0,
      thinking: { type: 'disabled' },
      messages: [{ role: 'user', content: [{ type: 'text', text: prompt, ...mark }] }],
    });
    const began = performance.now();
    const request = send(`${this.#url}/v1/messages`, {
      method: 'POST',
      agent: this.#agent,
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    }).end(body);
    const [response]: readonly IncomingMessage[] = await once(request, 'response');
    if (response === undefined) throw new Error(`${this.#url} did not answer`);
    return await readStream(response, began, leaveAfter);
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }
}

async function readStream(response: IncomingMessage, began: number, leaveAfter: number): Promise<Streamed> {
  const pieces: string[] = [];
  const deltasAt: number[] = [];
  let firstByteMs = Number.NaN;
  response.setEncoding('utf8');
  for await (const piece of response) {
    const text = String(piece);
    const at = performance.now() - began;
    if (pieces.push(text) === 1) firstByteMs = at;
    if (text.includes('event: content_block_delta')) deltasAt.push(at);
    // Leaving the loop closes the connection.
    if (pieces.length >= leaveAfter) break;
  }
  const wallMs = performance.now() - began;
  const whole = pieces.join('');
  if (response.statusCode !== 200) throw new Error(`answered ${response.statusCode}: ${whole.slice(0, 200)}`);
  const usage = (name: string): number => Number([...whole.matchAll(new RegExp(`"${name}":(\\d+)`, 'g'))].at(-1)?.[1] ?? 0);
  const cachedTokens = usage('cache_read_input_tokens');
  return {
    firstByteMs,
    firstDeltaMs: deltasAt[0],
    wallMs,
    worstGapMs: Math.max(0, ...deltasAt.slice(1).map((at, index) => at - (deltasAt[index] ?? at))),
    outputTokens: usage('output_tokens'),
    promptTokens: usage('input_tokens') + cachedTokens + usage('cache_creation_input_tokens'),
    cachedTokens,
  };
}
