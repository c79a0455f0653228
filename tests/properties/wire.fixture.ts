// Events as bytes, in every form that the event-stream format allows, in chunks that are cut anywhere.
// https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
import * as fc from 'fast-check';
import type { JsonObject } from '../../spec/json.ts';

/** One event before it is framed; `data` need not be JSON once something has been spoiled. */
export interface Framed {
  /** Undefined for an event without a name. */
  readonly event: string | undefined;
  readonly data: string;
}

/** How a stream is written. */
export interface Style {
  readonly ending: '\n' | '\r\n' | '\r';
  /** Whether a space follows the colon. */
  readonly space: boolean;
  readonly mark: boolean;
  readonly dataFirst: boolean;
  /** Whether the JSON spans several lines. */
  readonly pretty: boolean;
  /** What stands between the events, by position: complete blocks and lines, without their ends. */
  readonly between: readonly (readonly Noise[])[];
  /** Lines inside the frames, by position. */
  readonly inside: readonly (string | undefined)[];
  /** Fractions of the body at which it is cut. */
  readonly cuts: readonly number[];
}

/** A block that means nothing to the message. */
type Noise = readonly string[];

const ping: Noise = ['event: ping', 'data: {"type": "ping"}'];

const noise = fc.constantFrom<Noise>(
  ping,
  ping,
  ['data: {"type":"ping","x_at":1}', 'event: ping'],
  [': keep-alive'],
  [':'],
  ['retry: 3000'],
  ['id: 7'],
  ['event: metrics', 'data: {"type":"metrics","tokens":3}'],
  ['event: metrics', 'data: {"tokens":3}'],
  // A blank line more than is needed.
  [],
);

export const anyStyle: fc.Arbitrary<Style> = fc.record({
  ending: fc.constantFrom('\n', '\r\n', '\r'),
  space: fc.boolean(),
  mark: fc.boolean(),
  dataFirst: fc.boolean(),
  pretty: fc.boolean(),
  between: fc.array(fc.array(noise, { maxLength: 2 }), { maxLength: 12 }),
  inside: fc.array(fc.constantFrom(undefined, undefined, ': inside', 'id: 3', 'id', 'retry: 10'), { maxLength: 12 }),
  cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }),
});

export const plainStyle: Style = {
  ending: '\n',
  space: true,
  mark: false,
  dataFirst: false,
  pretty: false,
  between: [],
  inside: [],
  cuts: [],
};

export function framed(events: readonly JsonObject[]): readonly Framed[] {
  return events.map((data) => ({ event: typeof data['type'] === 'string' ? data['type'] : '', data: JSON.stringify(data) }));
}

/** The body of the stream. */
export function bytesOf(frames: readonly Framed[], style: Style): Uint8Array<ArrayBuffer> {
  const { ending, space, dataFirst, pretty } = style;
  const colon = space ? ': ' : ':';
  const block = (lines: readonly string[]): string => [...lines, ''].map((line) => line + ending).join('');
  const body = frames.map(({ event, data }, position) => {
    const named = event === undefined ? [] : [`event${colon}${event}`];
    const said = (pretty ? spread(data) : data).split('\n').map((line) => `data${colon}${line}`);
    const extra = style.inside[position] ?? undefined;
    const lines = [...(dataFirst ? said : named), ...(extra === undefined ? [] : [extra]), ...(dataFirst ? named : said)];
    const before = (style.between[position] ?? []).map(block).join('');
    return before + block(lines);
  });
  return new TextEncoder().encode((style.mark ? '\uFEFF' : '') + body.join(''));
}

/** The same JSON over several lines; what is no JSON stays as it is. */
function spread(data: string): string {
  try {
    return JSON.stringify(JSON.parse(data), null, 1);
  } catch {
    return data;
  }
}

/** Where each chunk of a body begins. */
export function chunkStarts(bytes: Uint8Array, { cuts }: Style): readonly number[] {
  const places = cuts.map((cut) => Math.floor(cut * bytes.length)).filter((place) => place > 0 && place < bytes.length);
  return bytes.length === 0 ? [] : [...new Set([0, ...places])].toSorted((a, b) => a - b);
}
