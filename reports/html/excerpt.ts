/** The piece of the wire that a finding is about, with the offending bytes marked as they came. */
import { foldStream } from '../../spec/index.ts';
import type { Place } from '../../spec/record/index.ts';
import { bytesOf, type ShownFrame } from './frames.ts';
import { rangeAt } from './json-range.ts';
import { html, type Markup, wireText } from './markup.ts';
import { counted } from './numbers.ts';
import type { ExchangeView } from './run-view.ts';
import type { StreamView } from './stream-view.ts';

/** Characters before, of, and after what is marked. */
const room = { before: 320, marked: 900, after: 240 } as const;

export function excerpt(place: Place, view: ExchangeView): Markup {
  const { response, problem, ended } = view.exchange;
  if (response === undefined) return figure('no response', wireText(problem ?? ended));
  const frame = place.frame === undefined ? undefined : view.stream?.events[place.frame]?.frame;
  if (view.stream !== undefined && frame !== undefined) return frameExcerpt(place, frame, view.stream);
  const bytes = bytesOf(response.body);
  if (place.offset !== undefined && place.pointer === undefined) return offsetExcerpt(bytes, place.offset);
  if (place.pointer !== undefined && view.stream !== undefined) return foldedExcerpt(place.pointer, view.stream);
  const text = bytes.toString();
  if (place.pointer !== undefined && text !== '') return pointerExcerpt('response body', text, place.pointer);
  return headExcerpt(view, text);
}

function frameExcerpt({ pointer }: Place, frame: ShownFrame, { events }: StreamView): Markup {
  const before = events[frame.index - 1]?.frame;
  const after = events[frame.index + 1]?.frame;
  const dim = (other: ShownFrame): Markup => html`<span class="dim">${wireText(cut(other.raw, room.before))}</span>`;
  const shown = pointer === undefined ? html`<mark>${wireText(cut(frame.raw, room.marked))}</mark>` : pointed(frame, pointer);
  return figure(
    `frame ${frame.index}, byte ${frame.offset}${pointer === undefined ? '' : `, ${pointer === '' ? 'the whole value' : pointer}`}`,
    html`${before === undefined ? '' : dim(before)}${before === undefined ? '' : wireText('\n\n')}${shown}${after === undefined ? '' : wireText('\n\n')}${after === undefined ? '' : dim(after)}`,
  );
}

function pointed({ raw, data }: ShownFrame, pointer: string): Markup {
  // Data of several lines does not stand in the frame as one text.
  const start = data === undefined || data.includes('\n') ? -1 : raw.indexOf(data);
  const range = data === undefined || start === -1 ? undefined : rangeAt(data, pointer);
  if (range === undefined) return html`<mark>${wireText(cut(raw, room.marked))}</mark>`;
  return marked(raw, start + range.start, start + range.end);
}

function offsetExcerpt(bytes: Buffer, offset: number): Markup {
  const before = bytes.toString('utf8', Math.max(0, offset - room.before), offset);
  const rest = bytes.toString('utf8', offset, offset + room.marked);
  const end = /\r\n|\n|\r/.exec(rest)?.index ?? rest.length;
  return figure(
    `byte ${offset} of the response body`,
    marked(before + rest, before.length, before.length + Math.max(end, Math.min(1, rest.length))),
  );
}

function foldedExcerpt(pointer: string, { events }: StreamView): Markup {
  const { message } = foldStream(events.map(({ frame }) => frame.json));
  return message === undefined
    ? figure('stream', wireText(cut(events.map(({ frame }) => frame.raw).join('\n\n'), room.marked)))
    : pointerExcerpt('the message that the stream tells', JSON.stringify(message, undefined, 2), pointer);
}

function pointerExcerpt(what: string, text: string, pointer: string): Markup {
  const range = rangeAt(text, pointer);
  const where = pointer === '' ? 'the whole value' : pointer;
  if (range === undefined) return figure(what, wireText(cut(text, room.marked)));
  if (range.isExact) return figure(`${what}, ${where}`, marked(text, range.start, range.end));
  return figure(`${what}: there is no ${where}; marked is what it would be in`, marked(text, range.start, range.end));
}

function headExcerpt({ exchange: { response } }: ExchangeView, text: string): Markup {
  if (response === undefined) return html``;
  const lines = response.headers.slice(0, 60).map(([name, value]) => `${cut(name, 120)}: ${cut(value, 400)}`);
  const head = [`HTTP ${response.status} ${cut(response.statusText, 100)}`.trimEnd(), ...lines].join('\n');
  return figure('status, headers and beginning of the body', wireText(`${head}\n\n${cut(text, 600)}`));
}

function marked(text: string, start: number, end: number): Markup {
  const from = Math.max(0, start - room.before);
  const inside = text.slice(start, Math.min(end, start + room.marked));
  const left = end - start - inside.length;
  const after = left > 0 ? '' : text.slice(end, end + room.after);
  return html`${from > 0 ? '… ' : ''}${wireText(text.slice(from, start))}<mark>${wireText(inside)}</mark>${left > 0 ? ` … (${counted(left, 'more character')})` : ''}${wireText(after)}${left <= 0 && end + room.after < text.length ? ' …' : ''}`;
}

/** The beginning of a text; the rest is counted. */
export function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit)} … (${counted(text.length - limit, 'more character')})`;
}

function figure(caption: string, content: Markup): Markup {
  return html`<figure class="wire">
    <figcaption>${caption}</figcaption>
    <pre tabindex="0">${content}</pre>
  </figure>`;
}
