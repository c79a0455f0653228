/**
 * Frames of a recorded event stream, for display. What counts was judged from the bytes before; this says what stood where and when.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
import type { Body, Chunk, Exchange } from '../../spec/record/index.ts';

/** A class, so that a frame is only its place: what stands there is read when it is asked for. A long record has a million of them. */
export class ShownFrame {
  readonly index: number;
  /** Byte offset in the body. */
  readonly offset: number;
  /** Arrival of its last byte, milliseconds on the run's clock. */
  readonly at: number;
  readonly #bytes: Buffer;
  readonly #end: number;

  constructor(bytes: Buffer, { index, offset, end, at }: { index: number; offset: number; end: number; at: number }) {
    this.#bytes = bytes;
    this.#end = end;
    this.index = index;
    this.offset = offset;
    this.at = at;
  }

  /** As it stood on the wire, its blank line left out. */
  get raw(): string {
    return this.#bytes.toString('utf8', this.offset, this.#end);
  }

  get event(): string | undefined {
    return fieldsOf(this.raw, 'event').at(-1);
  }

  get data(): string | undefined {
    const lines = fieldsOf(this.raw, 'data');
    return lines.length === 0 ? undefined : lines.join('\n');
  }

  /** `data` parsed; undefined where it does not parse. */
  get json(): unknown {
    const { data } = this;
    return data === undefined ? undefined : parsed(data);
  }
}

/** Frames read of one stream; the others are counted. Nobody reads so many, and a runaway server must not fill the page. */
export const mostFrames = 20_000;

/** Bytes of a body as far as the record has them. */
export function bytesOf(body: Body): Buffer {
  if (body.kind === 'base64') return Buffer.from(body.base64, 'base64');
  return Buffer.from(body.kind === 'text' ? body.text : body.head);
}

export function framesOf({ response, timing }: Exchange): readonly ShownFrame[] {
  if (response === undefined) return [];
  const bytes = bytesOf(response.body);
  // One character a byte, so that positions are byte offsets.
  const text = bytes.toString('latin1');
  const frames: ShownFrame[] = [];
  const arrival = arrivalIn(response.chunks, timing.end);
  const blankLine = /(?:\r\n|\n|\r(?!\n)){2,}/g;
  let start = text.startsWith('\u00EF\u00BB\u00BF') ? 3 : 0;
  start += /^[\r\n]*/.exec(text.slice(start, start + 1000))?.[0].length ?? 0;
  while (start < text.length && frames.length < mostFrames) {
    blankLine.lastIndex = start;
    const gap = blankLine.exec(text);
    const end = gap?.index ?? text.length;
    const next = gap === null ? text.length : blankLine.lastIndex;
    const at = arrival(Math.min(end + 1, text.length - 1));
    frames.push(new ShownFrame(bytes, { index: frames.length, offset: start, end, at }));
    start = next;
  }
  return frames;
}

/** Values of the lines with that name. */
function fieldsOf(raw: string, name: 'event' | 'data'): readonly string[] {
  return raw.split(/\r\n|\n|\r/).flatMap((line) => {
    if (!line.startsWith(name)) return [];
    const rest = line.slice(name.length);
    return rest === '' ? [''] : rest.startsWith(':') ? [rest.slice(rest.startsWith(': ') ? 2 : 1)] : [];
  });
}

/** JSON, or undefined. */
export function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** When a byte arrived; asked with ascending offsets. */
function arrivalIn(chunks: readonly Chunk[], end: number): (offset: number) => number {
  let position = 0;
  return (offset) => {
    for (let next = chunks[position + 1]; next !== undefined && next.offset <= offset; next = chunks[position + 1]) position += 1;
    return chunks[position]?.at ?? end;
  };
}
