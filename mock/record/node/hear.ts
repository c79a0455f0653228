/** Passes a body on piece by piece while it writes down what it heard and when. */
import type { Readable } from 'node:stream';
import { abortableFrames, type Frame, type StreamEnding } from '../../../endpoint/index.ts';
import type { RecordedChunk, RecordedEnding } from '../recording.ts';

/** Called once, before the reader learns of the end. Without chunks, the body was too long to keep. */
export type Keep = (chunks: readonly RecordedChunk[] | undefined, ending: RecordedEnding) => Promise<void>;

/** Longer bodies (in UTF-16 units) are passed on and not kept. */
export const longest: number = 64 * 1024 * 1024;

/** @param signal aborts when the client is gone: then the broken connection is not the server's doing. */
export function hear(body: Readable, keep: Keep, signal: AbortSignal | undefined): AsyncGenerator<Frame, StreamEnding> {
  let hasLeft = false;
  return abortableFrames(read(), () => {
    hasLeft = true;
    body.destroy();
  });

  async function* read(): AsyncGenerator<Frame, StreamEnding> {
    const began = performance.now();
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    const chunks: RecordedChunk[] = [];
    let length = 0;
    let ending: RecordedEnding = 'aborted';
    const note = (text: string): Frame => {
      length += text.length;
      if (length > longest) chunks.length = 0;
      else if (text !== '') chunks.push({ at: rounded(performance.now() - began), text });
      return { text };
    };
    try {
      for await (const bytes of body) yield note(decoder.decode(bytes, { stream: true }));
      yield note(decoder.decode());
      ending = 'complete';
    } catch {
      ending = hasLeft || signal?.aborted === true ? 'aborted' : 'reset';
    } finally {
      await keep(length > longest ? undefined : chunks, ending);
    }
    return ending === 'complete' ? 'end' : 'reset';
  }
}

/** Tenths of a millisecond are as much as a clock on a busy machine is worth. */
function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}
