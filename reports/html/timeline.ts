/** A stream drawn: a lane for the message, one for each content block, events as marks, the silence and the breaches of order. */
import { each, html, type Markup, nothing } from './markup.ts';
import { counted, milliseconds } from './numbers.ts';
import type { BlockSpan, ShownEvent, StreamView } from './stream-view.ts';

const row = 26;
const top = 22;
/** Lanes drawn; a server that opens thousands of blocks gets no taller page. */
const mostLanes = 24;
/** Places along the axis at which marks are told apart, in percent. */
const grain = 0.25;

/** Drawn symbols by event type; the legend names them. */
export const symbols: Readonly<Record<string, string>> = {
  message_start: 'start',
  content_block_start: 'open',
  content_block_delta: 'delta',
  content_block_stop: 'close',
  message_delta: 'mdelta',
  message_stop: 'stop',
  ping: 'ping',
  error: 'error',
};

interface Axis {
  readonly isTime: boolean;
  /** Percent of the width. */
  readonly place: (event: number) => number;
  /** Pixels aside, so that events of one moment do not hide each other: they stand side by side in their order. */
  readonly aside: (event: number) => number;
}

/** Percent of the width for a share of the axis: there is room for marks at both ends. */
function inner(share: number): number {
  return 3 + 93 * share;
}

/** Moments from which on a stream is drawn by time, unless it has fewer events. */
const fewestMoments = 4;

/** By time where the times say something: what came in two or three pieces is drawn in its order. */
function axisOf({ events, measured }: StreamView): Axis {
  const times = new Set(events.map(({ frame }) => frame.at));
  const first = events[0]?.frame.at ?? 0;
  const last = Math.max(1, events.length - 1);
  if (times.size < Math.min(fewestMoments, events.length) || measured.spanMs < 1)
    return { isTime: false, place: (at) => inner(at / last), aside: () => 0 };
  const place = (at: number): number => inner(((events[at]?.frame.at ?? first) - first) / measured.spanMs);
  const asides = asidesOf(events, place);
  return { isTime: true, place, aside: (at) => asides[at] ?? 0 };
}

/** Pixels between marks of one moment. */
const step = 11;

/** Equal neighbours share a place. Towards the end of the axis they stand to the left, where there is room. */
function asidesOf(events: readonly ShownEvent[], place: (event: number) => number): readonly number[] {
  const asides: number[] = [];
  for (const group of Map.groupBy(events.keys(), (at) => events[at]?.frame.at).values()) {
    let slot = 0;
    const slots = group.map((at) => {
      const [event, before] = [events[at], events[at - 1]];
      if (at !== group[0] && (event?.type !== before?.type || event?.index !== before?.index)) slot += 1;
      return slot;
    });
    for (const [position, at] of group.entries()) {
      const own = slots[position] ?? 0;
      asides[at] = (place(at) > 50 ? own - slot : own) * step;
    }
  }
  return asides;
}

export function timeline(stream: StreamView): Markup {
  const axis = axisOf(stream);
  const blocks = stream.blocks.slice(0, mostLanes);
  const height = top + row * (blocks.length + 1) + 4;
  const lane = laneOf(blocks);
  const label = `${counted(stream.events.length, 'event')}, ${counted(stream.blocks.length, 'content block')}, ${counted(stream.violations.length, 'breach', 'breaches')} of the order`;
  return html`<div class="timeline">
    <div class="lanes" aria-hidden="true">
      <span class="tick">${axis.isTime ? 'time' : 'order'}</span
      ><span>message</span
      >${each(blocks, ({ index, blockType }) => html`<span title="${blockType}">${indexText(index)} ${blockType}</span>`)}
    </div>
    <svg class="plot" role="img" aria-label="Timeline: ${label}. The same follows as text." height="${height}">
      ${silence(stream, axis, height)}${scale(stream, axis)}${each(
        [undefined, ...blocks],
        (_, index) => html`<line class="rail" x1="0" x2="100%" y1="${middle(index)}" y2="${middle(index)}" />`,
      )}${each(blocks, (block, index) => span(block, index, axis))}${marks(stream, axis, lane)}${violations(stream, axis, lane, height)}
    </svg>
  </div>`;
}

export function indexText(index: unknown): string {
  return index === undefined ? '#?' : `#${JSON.stringify(index)}`.slice(0, 24);
}

function middle(lane: number): number {
  return top + row * lane + row / 2;
}

function percent(value: number): string {
  return `${Math.round(value * 100) / 100}%`;
}

/** The lane of each event: 0 is the message's own. A delta of no open block is drawn there, too. */
function laneOf(blocks: readonly BlockSpan[]): (event: ShownEvent, at: number) => number {
  const byIndex = Map.groupBy(
    blocks.map((block, position) => ({ ...block, lane: position + 1 })),
    ({ index }) => index,
  );
  return ({ type, index }, at) => {
    if (!type.startsWith('content_block_')) return 0;
    const own = byIndex.get(index) ?? [];
    return (own.findLast(({ from }) => from <= at) ?? own[0])?.lane ?? 0;
  };
}

function span({ from, to, isStopped }: BlockSpan, index: number, { place }: Axis): Markup {
  const y = middle(index + 1) - 6;
  const width = Math.max(0.3, place(to) - place(from));
  return html`<rect
    class="span${isStopped ? '' : ' open'}"
    x="${percent(place(from))}"
    width="${percent(width)}"
    y="${y}"
    height="12"
    rx="3"
  />`;
}

/** At most one mark of a kind at each place of a lane: thousands of deltas are a band, as the eye would see them. */
function marks({ events }: StreamView, { place, aside }: Axis, lane: ReturnType<typeof laneOf>): readonly Markup[] {
  const seen = new Set<string>();
  return events.flatMap((event, at) => {
    const symbol = Object.hasOwn(symbols, event.type) ? symbols[event.type] : 'other';
    const x = Math.round(place(at) / grain) * grain;
    const own = lane(event, at);
    const dx = aside(at);
    const key = `${symbol} ${own} ${x} ${dx}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [html`<use href="#s-${symbol}" x="${percent(x)}" y="${middle(own)}" ${moved(dx)} />`];
  });
}

function moved(dx: number): Markup {
  return dx === 0 ? nothing : html` transform="translate(${dx})"`;
}

/** Drawn where it is long enough to be seen. */
function silence({ measured }: StreamView, { isTime, place }: Axis, height: number): Markup {
  if (!isTime || measured.longestSilenceMs < measured.spanMs / 12) return nothing;
  const from = place(measured.silenceAfter);
  const width = place(measured.silenceAfter + 1) - from;
  return html`<rect class="silence" x="${percent(from)}" width="${percent(width)}" y="${top - 4}" height="${height - top}" />`;
}

function scale({ events, measured }: StreamView, { isTime }: Axis): readonly Markup[] {
  const ends = [0, 0.5, 1];
  return each(ends, (share, index) => {
    const ms = measured.firstEventMs + share * measured.spanMs;
    const text = isTime ? `+${milliseconds(ms)}` : `event ${Math.round(share * (events.length - 1))}`;
    const anchor = ['start', 'middle', 'end'][index];
    return html`<text class="tick" x="${percent(inner(share))}" y="12" text-anchor="${anchor}">${text}</text>`;
  });
}

function violations(
  { events, violations: all }: StreamView,
  { place, aside }: Axis,
  lane: ReturnType<typeof laneOf>,
  height: number,
): readonly Markup[] {
  return all.slice(0, 30).map(({ at }, index) => {
    const event = events[at];
    const x = percent(event === undefined ? 99 : place(at));
    const y = event === undefined ? middle(0) : middle(lane(event, at));
    return html`<g class="breach" ${moved(event === undefined ? 0 : aside(at))}
      ><line x1="${x}" x2="${x}" y1="${top - 6}" y2="${height}" /><use href="#s-ring" x="${x}" y="${y}" /><text
        x="${x}"
        y="${height - 2}"
        dx="4"
        >${index + 1}</text
      ></g
    >`;
  });
}

/** Defined once for the whole page. */
export const symbolSheet: Markup = html`<svg width="0" height="0" class="vh" aria-hidden="true" focusable="false">
  <defs>
    <g id="s-start"><path class="m" d="M-5-6 6 0-5 6z" /></g>
    <g id="s-open"><path class="m" d="M4-7h-7V7h7" fill="none" stroke-width="2.5" /></g>
    <g id="s-delta"><path class="m d" d="M0-5V5" stroke-width="2" /></g>
    <g id="s-close"><path class="m" d="M-4-7h7V7h-7" fill="none" stroke-width="2.5" /></g>
    <g id="s-mdelta"><path class="m" d="M0-6 6 5H-6z" /></g>
    <g id="s-stop"><path class="m" d="M-5-5H5V5H-5z" /></g>
    <g id="s-ping"><circle class="p" r="4" /></g>
    <g id="s-error"><path class="b" d="M-5-5 5 5M5-5-5 5" stroke-width="3" /></g>
    <g id="s-other"><path class="p" d="M0-5 5 0 0 5-5 0z" /></g>
    <g id="s-ring"><circle class="b" r="10" fill="none" stroke-width="2" /></g>
  </defs>
</svg>`;

/** What the symbols mean. */
export const legend: Markup = html`<ul class="legend" aria-label="Marks of the timelines">
  ${each(
    [
      ['start', 'message_start'],
      ['open', 'content_block_start'],
      ['delta', 'content_block_delta'],
      ['close', 'content_block_stop'],
      ['mdelta', 'message_delta'],
      ['stop', 'message_stop'],
      ['ping', 'ping'],
      ['error', 'error'],
      ['other', 'anything else'],
      ['ring', 'breach of the order'],
    ],
    ([symbol = '', name = '']) =>
      html`<li>
        <svg width="22" height="22" aria-hidden="true"><use href="#s-${symbol}" x="11" y="11" /></svg> ${name}
      </li>`,
  )}
</ul>`;
