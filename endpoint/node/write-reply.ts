/** Writes a Reply to a node:http response: frames of one turn in one write, back-pressure, due times, and the endings. */
import type { ServerResponse } from 'node:http';
import { waitUntil, type Clock } from '../clock.ts';
import type { Frames, Reply, StreamEnding } from '../reply.ts';

/** Bytes collected in one turn before they are written anyway. */
const batchBytes = 64 * 1024;

/** Resolves when the reply is written or the client is gone; `gone` aborts in the second case. */
export async function writeReply(
  reply: Reply,
  response: ServerResponse,
  gone: AbortSignal,
  clock: Clock,
  stalledMs: number,
): Promise<void> {
  if (gone.aborted) {
    if (reply.kind === 'stream') await reply.frames.return('end');
    return;
  }
  if (reply.kind === 'body') {
    writeBody(reply, response);
    // What the operating system has taken whole, nobody has to wait for.
    if (response.writableLength > 0) breakStalled(response, clock, stalledMs, 'finish');
    return;
  }
  response.writeHead(reply.status, flatten(reply.headers));
  const leave = (): void => void reply.frames.return('end');
  gone.addEventListener('abort', leave);
  const ending = await writeFrames(
    reply.frames,
    new BatchWriter(response, gone, () => breakStalled(response, clock, stalledMs, 'drain')),
    gone,
    clock,
  );
  // Whoever waits in vain gives up some time, which the frames may want to know.
  if (ending !== 'stall') gone.removeEventListener('abort', leave);
}

/** A client that does not take what it asked for holds a place that others wait for. Broken off unless the event comes in time. */
function breakStalled(response: ServerResponse, clock: Clock, ms: number, event: 'drain' | 'finish'): void {
  const cancel = clock.after(ms, () => response.destroy());
  const done = (): void => {
    cancel();
    // A long answer to a slow reader comes here many times.
    response.off(event, done).off('close', done);
  };
  response.on(event, done).on('close', done);
}

function writeBody(reply: Extract<Reply, { kind: 'body' }>, response: ServerResponse): void {
  const headers = flatten(reply.headers);
  headers.push('content-length', String(Buffer.byteLength(reply.body)));
  response.writeHead(reply.status, headers);
  // A text takes the head with it in one write, as UTF-8: of bytes beyond ASCII in a header that would make two.
  response.end(headers.some(isBeyondAscii) ? Buffer.from(reply.body) : reply.body);
}

function isBeyondAscii(text: string): boolean {
  return /[\x80-\xff]/.test(text);
}

/** Flat, as `writeHead` takes them to keep order and case. */
function flatten(headers: Reply['headers']): string[] {
  const flat: string[] = [];
  for (const [name, value] of headers) flat.push(name, value);
  return flat;
}

/** Writes frames and ending, which it resolves to; stops where the client is gone. */
async function writeFrames(frames: Frames, writer: BatchWriter, gone: AbortSignal, clock: Clock): Promise<StreamEnding | undefined> {
  const began = clock.now();
  for (;;) {
    const { done, value } = frames.take?.() ?? (await frames.next());
    if (gone.aborted) return undefined;
    if (done === true) {
      if (value === 'reset' || value === 'stall') await writer.flush();
      if (gone.aborted) return undefined;
      writer.end(value);
      return value;
    }
    if (value.due !== undefined && began + value.due > clock.now()) {
      await writer.flush();
      await waitUntil(clock, began + value.due, gone);
    }
    const drained = value.bytes === undefined ? writer.add(value.text) : writer.addBytes(value.bytes);
    if (drained !== undefined) await drained;
  }
}

/**
 * Collects what comes within one turn of the event loop and writes it at once: a scripted stream leaves in one packet, a model's tokens
 * leave one by one.
 */
class BatchWriter {
  readonly #response: ServerResponse;
  readonly #gone: AbortSignal;
  /** Told when the client has more to read than it takes. */
  readonly #onFull: () => void;
  #batch = '';
  #hasWritten = false;
  #scheduled: NodeJS.Immediate | undefined;
  #drained: Promise<void> | undefined;

  constructor(response: ServerResponse, gone: AbortSignal, onFull: () => void) {
    this.#response = response;
    this.#gone = gone;
    this.#onFull = onFull;
  }

  /** Resolves when more may come: at once, or when a client that reads slowly has caught up. */
  add(text: string): Promise<void> | undefined {
    this.#batch += text;
    if (this.#batch.length >= batchBytes) this.#write();
    else this.#scheduled ??= setImmediate(() => this.#write());
    return this.#drained;
  }

  addBytes(bytes: Uint8Array): Promise<void> | undefined {
    this.#write();
    this.#send(bytes);
    return this.#drained;
  }

  /** Writes what is there, and resolves when the operating system has it. */
  async flush(): Promise<void> {
    this.#write();
    // A stream whose first frame is due later, or never, still shows its head.
    if (!this.#hasWritten) this.#response.flushHeaders();
    await this.#drained;
  }

  /** Ends as told. An orderly end takes the last batch with it, so that a short stream leaves in one packet. */
  end(ending: StreamEnding): void {
    const { socket } = this.#response;
    if (ending === 'end' || ending === 'close') this.#response.end(this.#take());
    if (ending === 'close') socket?.end();
    // One turn later, so that the peer can read what came before; a reset overtakes unread bytes.
    if (ending === 'reset') setImmediate(() => socket?.resetAndDestroy());
  }

  #take(): string {
    clearImmediate(this.#scheduled);
    this.#scheduled = undefined;
    const batch = this.#batch;
    this.#batch = '';
    return batch;
  }

  #write(): void {
    const batch = this.#take();
    if (batch !== '') this.#send(batch);
  }

  #send(data: string | Uint8Array): void {
    if (this.#gone.aborted) return;
    this.#hasWritten = true;
    if (this.#response.write(data)) return;
    if (this.#drained !== undefined) return;
    this.#drained = this.#drain();
    this.#onFull();
  }

  #drain(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#drained = undefined;
        this.#response.off('drain', done);
        this.#gone.removeEventListener('abort', done);
        resolve();
      };
      this.#response.once('drain', done);
      this.#gone.addEventListener('abort', done);
    });
  }
}
