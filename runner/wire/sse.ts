/**
 * Frames of an event stream from its raw bytes: what a client would dispatch, and how exactly it stood on the wire.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
import { isUtf8 } from 'node:buffer';
import type { Chunk } from '../../spec/record/index.ts';
import type { Frame } from '../../suites/model/evidence.ts';
import { parseJson } from './json.ts';
import { type Line, linesOf } from './lines.ts';

const BOM = [0xef, 0xbb, 0xbf];

/**
 * Splits a body into frames. A block of nothing but comments, `id` or `retry` is a frame too, without `data`; the last block may lack
 * its blank line (`terminated: false`), which a client would discard. How the body was cut into chunks changes nothing but `at`.
 * @param bytes the whole body
 * @param chunks arrival of its parts, ascending by offset
 * @param end time for a body without chunks
 */
export function framesOf(bytes: Uint8Array, chunks: readonly Chunk[], end: number): readonly Frame[] {
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const arrival = arrivalIn(chunks, end);
  const frames: Frame[] = [];
  let block: Line[] = [];
  for (const line of linesOf(body, hasBom(body) ? BOM.length : 0)) {
    const isBlank = line.start === line.end;
    if (!isBlank || block.length > 0) block.push(line);
    if (isBlank && block.length > 0) {
      frames.push(frameOf(body, block, frames.length, arrival(line.next - 1)));
      block = [];
    }
  }
  if (block.length > 0) frames.push(frameOf(body, block, frames.length, arrival(body.length - 1)));
  return frames;
}

/** A byte order mark is dropped at the very start of the stream, and only there. */
function hasBom(body: Uint8Array): boolean {
  return BOM.every((byte, index) => body[index] === byte);
}

/** `block` has at least one line; its last is the blank one, unless the body ended before. */
function frameOf(body: Buffer, block: readonly Line[], index: number, at: number): Frame {
  const [first] = block;
  const last = block.at(-1);
  if (first === undefined || last === undefined) throw new RangeError('A frame has at least one line.');
  const isTerminated = last.start === last.end;
  const lines = (isTerminated ? block.slice(0, -1) : block).map(({ start, end }) => body.toString('utf8', start, end));
  const { event, data } = fieldsOf(lines);
  return {
    index,
    offset: first.start,
    lines,
    lineEndings: [...new Set(block.flatMap(({ ending }) => ending ?? []))],
    terminated: isTerminated,
    ...(event !== undefined && { event }),
    ...(data !== undefined && { data, ...parseJson(data) }),
    ...(!isUtf8(body.subarray(first.start, last.end)) && { invalidUtf8: true }),
    at,
  };
}

/** The last `event` wins, `data` adds up, one space after the colon belongs to the syntax, and a line without a colon is a field with an empty value. */
function fieldsOf(lines: readonly string[]): { event: string | undefined; data: string | undefined } {
  let event: string | undefined;
  const data: string[] = [];
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = colon === -1 ? line : line.slice(0, colon);
    if (name !== 'event' && name !== 'data') continue;
    const value = colon === -1 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (name === 'event') event = value;
    else data.push(value);
  }
  return { event, data: data.length === 0 ? undefined : data.join('\n') };
}

/** Finds when a byte arrived; asked with ascending offsets, it walks the chunks once. */
function arrivalIn(chunks: readonly Chunk[], end: number): (offset: number) => number {
  let position = 0;
  return (offset) => {
    for (let next = chunks[position + 1]; next !== undefined && next.offset <= offset; next = chunks[position + 1]) position += 1;
    return chunks[position]?.at ?? end;
  };
}
