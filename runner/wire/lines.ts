/**
 * Lines of an event stream in raw bytes: each ends with CRLF, LF or CR.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */

export type LineEnding = '\n' | '\r\n' | '\r';

/** A line: its bytes are `start` up to `end`; `next` is where the following line begins. Without `ending` the body ended inside it. */
export interface Line {
  readonly start: number;
  readonly end: number;
  readonly next: number;
  readonly ending?: LineEnding;
}

const LF = 0x0a;
const CR = 0x0d;

/**
 * The lines of `bytes` from `from` on. Linear: each kind of ending is searched for once per occurrence (natively), so a line
 * of 64 MB costs one scan, and a body without a single CR is not searched for one again at every line.
 */
export function* linesOf(bytes: Uint8Array, from: number): Generator<Line> {
  let lf = positionOf(bytes, LF, from);
  let cr = positionOf(bytes, CR, from);
  let start = from;
  while (start < bytes.length) {
    if (lf < start) lf = positionOf(bytes, LF, start);
    if (cr < start) cr = positionOf(bytes, CR, start);
    const end = Math.min(lf, cr);
    if (end === Infinity) {
      yield { start, end: bytes.length, next: bytes.length };
      return;
    }
    const ending: LineEnding = end === lf ? '\n' : lf === cr + 1 ? '\r\n' : '\r';
    const next = end + ending.length;
    yield { start, end, next, ending };
    start = next;
  }
}

function positionOf(bytes: Uint8Array, byte: number, from: number): number {
  const at = bytes.indexOf(byte, from);
  return at === -1 ? Infinity : at;
}
