/** An endpoint that passes every request on to a real server, every byte back as it comes, and keeps a recording of both. */
import {
  abortableFrames,
  ApiError,
  createFetch,
  seededIds,
  type Endpoint,
  type EndpointRequest,
  type Frame,
  type Reply,
  type StreamEnding,
} from '../../../endpoint/index.ts';
import { errorReply } from '../../../endpoint/json-reply.ts';
import { readAsked, type Asked } from '../asked.ts';
import { isBodyless, isEventStream, makeRecording, redactionFor } from '../make-recording.ts';
import type { RecordedChunk, RecordedEnding, Recording } from '../recording.ts';
import { openFolder } from './folder.ts';
import { hear, longest, type Keep } from './hear.ts';
import { reasonOf } from './reason.ts';
import { askUpstream, readUpstream, type UpstreamResponse } from './upstream.ts';

export interface RecordOptions {
  /** Base URL of the server, with or without `/v1`. */
  readonly upstream: string;
  /** Told what was not recorded, and why. Default `console.error`. */
  readonly onNote?: (sentence: string) => void;
}

/** Also an `Endpoint`, so that `listen(recorder)` puts it on a port. */
export interface Recorder extends Endpoint {
  /** A `fetch` that goes to the upstream, whatever the host. */
  readonly fetch: typeof fetch;
  /** Resolves when all that was heard is written. A client that reads to the end finds the file there. */
  flush(): Promise<void>;
}

/**
 * Records what a server answers, one file per exchange in `folder`; `replayFrom` answers from it. Keys in headers, query and bodies, and
 * their echoes, do not reach the disk. The upstream is asked not to compress; bytes that are no UTF-8 become U+FFFD, as every reader of
 * an event stream reads them.
 *
 * @throws RecordingError for a folder that cannot be written or an upstream that is no URL.
 * @example
 * await using server = await listen(recordTo('recordings', { upstream: 'https://api.anthropic.com' }));
 */
export function recordTo(folder: string, { upstream: text, onNote = console.error }: RecordOptions): Recorder {
  const upstream = readUpstream(text);
  const files = openFolder(folder);
  const writing = new Set<Promise<void>>();
  const ids = seededIds(1);

  async function exchange(asked: Asked, signal: AbortSignal | undefined): Promise<Reply> {
    const redaction = redactionFor(asked);
    // Drawn now, so that the names are in the order of the requests.
    const name = files.nextName(asked.method, redaction.inText(asked.path));
    const began = performance.now();
    const response = await askUpstream(upstream, asked, signal).catch((cause: unknown) => {
      const reason = reasonOf(cause);
      if (signal?.aborted !== true) onNote(`${name} was not recorded: ${upstream.origin} gave no answer (${reason}).`);
      throw new ApiError('api_error', `The upstream gave no answer: ${reason}.`, { status: 502, cause });
    });
    const headMs = performance.now() - began;
    const { status, headers } = response;
    return passOn(
      response,
      keeper(name, (chunks, ending) => makeRecording(asked, { status, headers, headMs, chunks, ending }, redaction)),
      signal,
    );
  }

  async function handle(request: EndpointRequest): Promise<Reply> {
    try {
      return await exchange(await readAsked(request), request.signal);
    } catch (error) {
      return errorReply(error instanceof ApiError ? error : new ApiError('api_error', 'Internal server error.'), ids.request());
    }
  }

  function keeper(name: string, make: (...heard: Heard) => Recording): Keep {
    const write = async (chunks: Heard[0] | undefined, ending: Heard[1]): Promise<void> => {
      if (chunks === undefined) throw new Error('the response is too long');
      await files.write(name, make(chunks, ending));
    };
    return (...heard) => {
      const written = write(...heard).catch((error: unknown) => onNote(`${name} was not recorded: ${reasonOf(error)}.`));
      writing.add(written);
      return written.finally(() => writing.delete(written));
    };
  }

  const flush = async (): Promise<void> => void (await Promise.all(writing));
  return { handle, fetch: createFetch({ handle }), flush };
}

type Heard = [chunks: readonly RecordedChunk[], ending: RecordedEnding];

/** An event stream as it comes; any other body whole, so that it keeps its length. */
async function passOn({ status, headers, body }: UpstreamResponse, keep: Keep, signal: AbortSignal | undefined): Promise<Reply> {
  const frames = hear(body, keep, signal);
  if (isEventStream(headers) && !isBodyless(status)) return { kind: 'stream', status, headers, frames };
  let text = '';
  for (;;) {
    const { done, value } = await frames.next();
    if (done !== true) {
      text += value.text;
      // Some bodies never end; what is too long to keep is too long to hold.
      if (text.length > longest) return { kind: 'stream', status, headers, frames: continued(text, frames) };
    } else if (value === 'end') return { kind: 'body', status, headers, body: text };
    else return { kind: 'stream', status, headers, frames: brokenOff(text) };
  }
}

/** What was held, then the rest as it comes. */
function continued(text: string, rest: AsyncGenerator<Frame, StreamEnding>): AsyncGenerator<Frame, StreamEnding> {
  const all = async function* play(): AsyncGenerator<Frame, StreamEnding> {
    yield { text };
    return yield* rest;
  };
  return abortableFrames(all(), () => void rest.return('end'));
}

async function* brokenOff(text: string): AsyncGenerator<Frame, StreamEnding> {
  yield { text };
  return 'reset';
}
