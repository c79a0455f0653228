/**
 * Streams of a record, taken apart when somebody looks at them. Parsed, a stream takes several times the room of its bytes: those of a
 * usual run are all kept, of a long record only the latest. What is told of every stream is kept of all.
 */
import type { Exchange } from '../../spec/record/index.ts';
import { type StreamedCall, streamedCalls } from './fragments.ts';
import { type Measurements, type StreamView, streamOf } from './stream-view.ts';

/** What the page tells of a stream that it does not draw. */
export interface StreamFacts {
  readonly measured: Measurements;
  readonly isAtOnce: boolean;
  /** Number of them. */
  readonly breaches: number;
  readonly calls: readonly StreamedCall[];
}

/** Bytes of the streams that are kept. A whole run has about a megabyte. */
const mostBytes = 4 * 1024 * 1024;

export class StreamMemo {
  /** The latest last. */
  readonly #views = new Map<Exchange, StreamView>();
  readonly #facts = new Map<Exchange, StreamFacts | undefined>();
  readonly #most: number;
  #bytes = 0;

  constructor(most: number = mostBytes) {
    this.#most = most;
  }

  /** @param isAskedFor whether the request asked for a stream. @returns undefined where the answer is none. */
  view(exchange: Exchange, isAskedFor: boolean): StreamView | undefined {
    const known = this.#views.get(exchange);
    if (known !== undefined) return known;
    if (this.#facts.has(exchange) && this.#facts.get(exchange) === undefined) return undefined;
    const view = streamOf(exchange, isAskedFor);
    if (!this.#facts.has(exchange)) this.#facts.set(exchange, view === undefined ? undefined : factsOf(view));
    if (view !== undefined) this.#keep(view);
    return view;
  }

  facts(exchange: Exchange, isAskedFor: boolean): StreamFacts | undefined {
    if (!this.#facts.has(exchange)) this.view(exchange, isAskedFor);
    return this.#facts.get(exchange);
  }

  #keep(view: StreamView): void {
    this.#views.set(view.exchange, view);
    this.#bytes += view.measured.bytes;
    for (const oldest of this.#views.values()) {
      if (this.#bytes <= this.#most || oldest === view) return;
      this.#views.delete(oldest.exchange);
      this.#bytes -= oldest.measured.bytes;
    }
  }
}

function factsOf(view: StreamView): StreamFacts {
  const { measured, isAtOnce, violations } = view;
  return { measured, isAtOnce, breaches: violations.length, calls: streamedCalls(view) };
}
