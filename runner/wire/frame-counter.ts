/** Counts the frames of an event stream while it arrives, to hang up after so many. https://html.spec.whatwg.org/multipage/server-sent-events.html */

const LF = 0x0a;
const CR = 0x0d;

/** Counts blocks that a blank line ended, whatever their line endings and chunks. */
export interface FrameCounter {
  /** @returns frames so far. */
  push(chunk: Uint8Array): number;
}

export function createFrameCounter(): FrameCounter {
  let frames = 0;
  let hasLines = false;
  let isLineEmpty = true;
  let isAfterCr = false;
  const endLine = (): void => {
    if (isLineEmpty && hasLines) frames += 1;
    hasLines = !isLineEmpty;
    isLineEmpty = true;
  };
  return {
    push(chunk) {
      for (const byte of chunk) {
        if (byte === CR || (byte === LF && !isAfterCr)) endLine();
        else if (byte !== LF) isLineEmpty = false;
        isAfterCr = byte === CR;
      }
      return frames;
    },
  };
}
