/** An endpoint that answers from recordings: the same bytes, in the same pieces, to the same requests, and to no others. */
import {
  ApiError,
  createFetch,
  seededIds,
  systemClock,
  waitUntil,
  type Clock,
  type Endpoint,
  type EndpointRequest,
  type Frame,
  type Reply,
  type StreamEnding,
} from '../../endpoint/index.ts';
import { emptyReply, errorReply } from '../../endpoint/json-reply.ts';
import { isProbe } from '../../endpoint/route.ts';
import { pointerTo } from '../../spec/index.ts';
import type { Deviation } from '../compare.ts';
import { showBoth } from '../show.ts';
import { readAsked, type Asked } from './asked.ts';
import { isBodyless } from './make-recording.ts';
import { createShelf, type NamedRecording } from './shelf.ts';
import type { RecordedEnding, RecordedResponse } from './recording.ts';

export interface ReplayOptions {
  /** 0 answers at once, 1 as fast as recorded, 2 twice as fast. Default 0. */
  readonly speed?: number;
  /** JSON Pointers of the request body that need not be as recorded. Default `/metadata/user_id`, which clients draw by lot. */
  readonly ignore?: readonly string[];
  /** Told of every request that was not recorded. Default: nobody but the client. */
  readonly onDrift?: (drift: Drift) => void;
  readonly clock?: Clock;
}

/** A request that no recording answers. */
export interface Drift {
  readonly method: string;
  /** Without the query, which may hold a key. */
  readonly path: string;
  /** What the client was told: the nearest recording, and where the request differs from it. */
  readonly message: string;
}

/** Also an `Endpoint`, so that `listen(replay)` puts it on a port. */
export interface Replay extends Endpoint {
  /** A `fetch` that answers from the recordings. */
  readonly fetch: typeof fetch;
  /** So far; a test expects none. */
  readonly drifts: readonly Drift[];
}

/**
 * Answers by method, path, query and body; headers do not count. What was recorded several times is answered in that order, the last
 * one again and again. A request that was not recorded is a 400 that clients do not retry, with the difference in its message.
 */
export function createReplay(recordings: readonly NamedRecording[], options: ReplayOptions = {}): Replay {
  const { speed = 0, ignore = ['/metadata/user_id'], onDrift, clock = systemClock } = options;
  const shelf = createShelf(recordings, ignore);
  const drifts: Drift[] = [];
  const ids = seededIds(1);

  function refuse(asked: Asked): Reply {
    const message = explain(shelf.nearest(asked), asked);
    const drift: Drift = { method: asked.method, path: asked.path, message };
    drifts.push(drift);
    onDrift?.(drift);
    return errorReply(new ApiError('invalid_request_error', message), ids.request());
  }

  async function answer(asked: Asked, signal: AbortSignal | undefined): Promise<Reply> {
    const recording = shelf.take(asked);
    if (recording === undefined) return isProbe(asked.method, asked.path) ? emptyReply(ids.request()) : refuse(asked);
    const { response, ending } = recording;
    if (speed > 0) await waitUntil(clock, clock.now() + response.headMs / speed, signal);
    return toReply(response, ending, speed);
  }

  async function handle(request: EndpointRequest): Promise<Reply> {
    try {
      return await answer(await readAsked(request), request.signal);
    } catch (error) {
      return errorReply(error instanceof ApiError ? error : new ApiError('api_error', 'Internal server error.'), ids.request());
    }
  }

  return { handle, fetch: createFetch({ handle }, { clock }), drifts };
}

/** How many differences a message shows. */
const shownDifferences = 5;

function explain(nearest: ReturnType<ReturnType<typeof createShelf>['nearest']>, { method, path }: Asked): string {
  if (nearest === undefined) return `Nothing was recorded for ${method} ${path}.`;
  const { name, differs } = nearest;
  const lines = differs.slice(0, shownDifferences).map((difference) => `\n  ${describeDeviation(difference)}`);
  const more = differs.length > shownDifferences ? `\n  and ${differs.length - shownDifferences} more` : '';
  return `This request was not recorded. The nearest is ${name}, which differs at:${lines.join('')}${more}`;
}

/** `/messages/0/content: expected "Hello", found "Hallo"`. */
function describeDeviation({ steps, expected: wanted, found: had }: Deviation): string {
  const { expected, found } = showBoth(wanted, had);
  return `${steps.length === 0 ? 'the body' : pointerTo('', ...steps)}: expected ${expected}, found ${found}`;
}

const endings: Readonly<Record<RecordedEnding, StreamEnding>> = { complete: 'end', reset: 'reset', aborted: 'stall' };

function toReply({ status, headers, chunks, json, text }: RecordedResponse, ending: RecordedEnding, speed: number): Reply {
  const head = { status, headers };
  if (isBodyless(status)) return { ...head, kind: 'body', body: '' };
  const body = text ?? (json === undefined ? '' : JSON.stringify(json));
  if (chunks === undefined && ending === 'complete') return { ...head, kind: 'body', body };
  return { ...head, kind: 'stream', frames: framesOf(chunks ?? [{ at: 0, text: body }], endings[ending], speed) };
}

async function* framesOf(
  chunks: NonNullable<RecordedResponse['chunks']>,
  ending: StreamEnding,
  speed: number,
): AsyncGenerator<Frame, StreamEnding> {
  for (const { at, text } of chunks) yield speed > 0 ? { text, due: at / speed } : { text };
  return ending;
}
