/** Lets the backend answer a request: as one Message, or as a stream of events. */
import type { Message, MessagesRequest, StreamEvent } from '../../spec/index.ts';
import type { Backend } from '../backend.ts';
import type { Clock } from '../clock.ts';
import { ApiError } from '../errors.ts';
import { errorEnvelope } from '../json-reply.ts';
import type { Frame, Reply, StreamEnding } from '../reply.ts';
import { abortableFrames } from '../abortable-frames.ts';
import { MessageFold } from './fold-message.ts';
import { MessageEvents, type MessageContext } from './message-events.ts';
import { PingedReader } from './pinged-reader.ts';
import { eventFrame } from './sse.ts';

/** One request on its way to its answer. */
export interface Job {
  readonly backend: Backend;
  readonly request: MessagesRequest;
  readonly context: MessageContext;
  readonly requestId: string;
  readonly signal: AbortSignal | undefined;
  readonly clock: Clock;
  readonly pingIntervalMs: number;
  /** Turns whatever was thrown into what the client may know of it. */
  readonly toApiError: (error: unknown) => ApiError;
}

/** The whole Message. Rejects with what the backend throws. */
export async function generateMessage({ backend, request, context, signal = new AbortController().signal }: Job): Promise<Message> {
  const events = new MessageEvents(context);
  const fold = new MessageFold();
  for await (const event of backend.generate(request, signal)) {
    for (const streamEvent of events.accept(event)) fold.add(streamEvent);
    if (event.type === 'stop') break;
  }
  if (signal.aborted) throw clientClosed();
  events.end();
  return fold.message;
}

/** The answer to `max_tokens: 0`: the prompt is counted and nothing is generated. */
export async function countedMessage({ backend, request, context }: Job): Promise<Message> {
  const input = await backend.countTokens(request);
  const events = new MessageEvents(context);
  const fold = new MessageFold();
  for (const event of events.accept({ type: 'start', prompt: { input } })) fold.add(event);
  for (const event of events.accept({ type: 'stop', reason: 'max_tokens', outputTokens: 0 })) fold.add(event);
  return fold.message;
}

/**
 * A stream that has begun. It resolves when the backend starts to answer, so that a refusal before that is a proper HTTP status; or when
 * the first ping is due, because clients wait for a head only so long. From then on an error is an `error` event.
 */
export async function streamMessage(job: Job): Promise<Reply> {
  const abort = new AbortController();
  const forwardAbort = (): void => abort.abort();
  job.signal?.addEventListener('abort', forwardAbort);
  if (job.signal?.aborted === true) abort.abort();
  const source = job.backend.generate(job.request, abort.signal)[Symbol.asyncIterator]();
  const reader = new PingedReader(source, abort.signal, job.clock, job.pingIntervalMs);
  const events = new MessageEvents(job.context);
  const release = (): void => {
    job.signal?.removeEventListener('abort', forwardAbort);
    reader.stop();
  };
  try {
    const first = await nextEvents(reader, events);
    if (first === undefined) throw clientClosed();
    const headers = [
      ['content-type', 'text/event-stream; charset=utf-8'],
      ['cache-control', 'no-cache'],
      ['request-id', job.requestId],
    ] as const;
    const frames = abortableFrames(streamFrames(first, reader, events, job, release), () => {
      abort.abort();
      release();
    });
    return { kind: 'stream', status: 200, headers, frames };
  } catch (error) {
    release();
    throw error;
  }
}

async function* streamFrames(
  first: readonly StreamEvent[],
  reader: PingedReader,
  events: MessageEvents,
  job: Job,
  release: () => void,
): AsyncGenerator<Frame, StreamEnding> {
  try {
    for (let batch: readonly StreamEvent[] | undefined = first; batch !== undefined; batch = await nextEvents(reader, events)) {
      for (const event of batch) yield eventFrame(event);
      if (batch.at(-1)?.type === 'message_stop') break;
    }
  } catch (error) {
    yield eventFrame(errorEnvelope(job.toApiError(error), job.requestId));
  } finally {
    release();
  }
  return 'end';
}

/** The events of the next step; undefined where the client is gone. */
async function nextEvents(reader: PingedReader, events: MessageEvents): Promise<readonly StreamEvent[] | undefined> {
  const step = await reader.next();
  if (step.kind === 'aborted') return undefined;
  if (step.kind === 'event') return events.accept(step.event);
  if (step.kind === 'ping') return [{ type: 'ping' }];
  events.end();
  return [];
}

/** Nobody reads this answer; 499 is what servers log for a client that left. */
function clientClosed(): ApiError {
  return new ApiError('invalid_request_error', 'The client closed the request.', { status: 499 });
}
