/**
 * Frames of a recorded event stream, for display. What counts was judged from the bytes before; this says what stood where and when.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
import type { Body, Chunk, Exchange } from '../../spec/record/index.ts';

export interface ShownFrame {
  readonly index: number;
  /** Byte offset in the body. */
  readonly offset: number;
  /** As it stood on the wire, its blank line left out. */
  readonly raw: string;
  readonly event?: string;
  readonly data?: string;
  /** `data` parsed; absent where it does not parse. */
  readonly json?: unknown;
  /** Arrival of its last byte, milliseconds on the run's clock. */
  readonly at: number;
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
    frames.push(frameOf(bytes.toString('utf8', start, end), frames.length, start, arrival(Math.min(end + 1, text.length - 1))));
    start = next;
  }
  return frames;
}

function frameOf(raw: string, index: number, offset: number, at: number): ShownFrame {
  let event: string | undefined;
  const lines: string[] = [];
  for (const line of raw.split(/\r\n|\n|\r/)) {
    const [, name, value] = /^(event|data)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (name === 'event') event = value ?? '';
    if (name === 'data') lines.push(value ?? '');
  }
  const data = lines.length === 0 ? undefined : lines.join('\n');
  const json = data === undefined ? undefined : parsed(data);
  return {
    index,
    offset,
    raw,
    at,
    ...(event === undefined ? {} : { event }),
    ...(data === undefined ? {} : { data }),
    ...(json === undefined ? {} : { json }),
  };
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
