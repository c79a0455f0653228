/** A recorded event stream as a reader of its order sees it: events with their times, blocks, breaches of the grammar, and measurements. */
import { checkOrder, type GrammarEvent, grammarEvent, type Violation } from '../../spec/index.ts';
import type { Exchange } from '../../spec/record/index.ts';
import { framesOf, type ShownFrame } from './frames.ts';

export interface ShownEvent extends GrammarEvent {
  readonly frame: ShownFrame;
}

/** A content block from its start to its stop; the last event of the stream where it has none. */
export interface BlockSpan {
  /** The index as the server wrote it. */
  readonly index: unknown;
  readonly blockType: string;
  readonly from: number;
  readonly to: number;
  readonly isStopped: boolean;
}

export interface Measurements {
  /** From the request to the first event. */
  readonly firstEventMs: number;
  /** From the first event to the last. */
  readonly spanMs: number;
  readonly longestSilenceMs: number;
  /** Events between which it was. */
  readonly silenceAfter: number;
  /** Absent where all came at once. */
  readonly eventsPerSecond: number | undefined;
  readonly chunks: number;
  readonly bytes: number;
}

export interface StreamView {
  readonly exchange: Exchange;
  readonly events: readonly ShownEvent[];
  readonly blocks: readonly BlockSpan[];
  readonly violations: readonly Violation[];
  readonly measured: Measurements;
  /** More than one event, and all of them in one piece. */
  readonly isAtOnce: boolean;
}

export function streamOf(exchange: Exchange, isAskedFor: boolean): StreamView | undefined {
  const { response } = exchange;
  if (response === undefined || response.status < 200 || response.status > 299) return undefined;
  const header = (wanted: string): string => response.headers.find(([name]) => name.toLowerCase() === wanted)?.[1].toLowerCase() ?? '';
  if (!isAskedFor && !header('content-type').startsWith('text/event-stream')) return undefined;
  // Compressed bytes are in the record as they came.
  if (!['', 'identity'].includes(header('content-encoding'))) return undefined;
  const events = framesOf(exchange).map((frame) => Object.assign(grammarEvent(frame.json), { frame }));
  // What is not told as events is a body; its excerpt shows it better.
  if (!events.some(({ frame }) => frame.data !== undefined || frame.event !== undefined)) return undefined;
  const isWhole = exchange.ended === 'complete' && response.body.kind !== 'cut';
  return {
    exchange,
    events,
    blocks: blocksOf(events),
    violations: checkOrder(events, isWhole ? 'complete' : 'cut'),
    measured: measure(exchange, events),
    isAtOnce: events.length > 1 && response.chunks.length <= 1,
  };
}

function blocksOf(events: readonly ShownEvent[]): readonly BlockSpan[] {
  const spans: BlockSpan[] = [];
  const open = new Map<unknown, number>();
  for (const [at, { type, index, blockType = 'unknown' }] of events.entries()) {
    if (type === 'content_block_start') {
      open.set(index, spans.length);
      spans.push({ index, blockType, from: at, to: events.length - 1, isStopped: false });
    }
    const position = open.get(index);
    const span = position === undefined ? undefined : spans[position];
    if (type !== 'content_block_stop' || span === undefined || position === undefined) continue;
    spans[position] = { ...span, to: at, isStopped: true };
    open.delete(index);
  }
  return spans;
}

function measure({ response, timing }: Exchange, events: readonly ShownEvent[]): Measurements {
  const times = events.map(({ frame }) => frame.at);
  const first = times[0] ?? timing.end;
  const last = times.at(-1) ?? first;
  let silence = { ms: 0, after: 0 };
  for (const [at, time] of times.entries()) {
    const ms = time - (times[at - 1] ?? time);
    if (ms > silence.ms) silence = { ms, after: at - 1 };
  }
  const body = response?.body;
  return {
    firstEventMs: first - timing.sent,
    spanMs: last - first,
    longestSilenceMs: silence.ms,
    silenceAfter: silence.after,
    eventsPerSecond: last > first ? (events.length - 1) / ((last - first) / 1000) : undefined,
    chunks: response?.chunks.length ?? 0,
    bytes: body?.kind === 'text' ? Buffer.byteLength(body.text) : (body?.bytes ?? 0),
  };
}
