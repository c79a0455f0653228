/** Records what a `fetch` gives, in the form in which the runner records the wire: so the suite can judge what never was on one. */
import { bodyOf } from '../runner/wire/body.ts';
import { createClock } from '../runner/wire/clock.ts';
import type { Listener, Recorder, WireRequest } from '../runner/wire/index.ts';
import type { Chunk, Exchange, RawHeader } from '../spec/index.ts';

/** What was read of one response. */
interface Read {
  readonly bytes: Uint8Array;
  readonly chunks: readonly Chunk[];
  /** Why it broke off. */
  readonly problem?: string;
}

export function fetchRecorder(ask: typeof fetch): Recorder {
  const now = createClock();
  let count = 0;

  async function read(body: ReadableStream<Uint8Array> | null, listener: Listener | undefined): Promise<Read> {
    const parts: Uint8Array[] = [];
    const chunks: Chunk[] = [];
    let offset = 0;
    try {
      for await (const part of body ?? []) {
        if (part.length === 0) continue;
        chunks.push({ offset, at: now() });
        parts.push(part);
        listener?.data(part);
        offset += part.length;
      }
      return { bytes: Buffer.concat(parts), chunks };
    } catch (error) {
      return { bytes: Buffer.concat(parts), chunks, problem: String(error) };
    }
  }

  return {
    now,
    close: () => Promise.resolve(),
    redact: (text) => text,
    async send(request, { listener } = {}) {
      const base = { id: `x${(count += 1)}`, request: recordedRequest(request), connection: { id: 1, reused: count > 1 }, inFlight: 0 };
      const sent = now();
      try {
        const { response, headers } = await answerTo(request, ask);
        const began = now();
        listener?.head(response.status, response.statusText, headers);
        const { bytes, chunks, problem } = await read(response.body, listener);
        const exchange: Exchange = {
          ...base,
          response: { status: response.status, statusText: response.statusText, headers, body: bodyOf(bytes), chunks },
          timing: { sent, headers: began, ...(chunks[0] && { firstByte: chunks[0].at }), end: now() },
          ...(problem === undefined ? { ended: 'complete' } : { ended: 'reset', problem }),
        };
        return { exchange };
      } catch (error) {
        const exchange: Exchange = { ...base, timing: { sent, end: now() }, ended: 'refused', problem: String(error) };
        return { exchange };
      }
    },
  };
}

async function answerTo(
  { method, url, headers, body }: WireRequest,
  ask: typeof fetch,
): Promise<{ readonly response: Response; readonly headers: readonly RawHeader[] }> {
  const pairs = headers.map(([name, value]): [string, string] => [name, value]);
  const response = await ask(url, { method, headers: pairs, ...(body && { body: Uint8Array.from(body) }) });
  return { response, headers: [...response.headers] };
}

function recordedRequest({ method, url, headers, body }: WireRequest): Exchange['request'] {
  return { method, url, headers, ...(body && { body: bodyOf(body) }) };
}
