/** Lets the backend answer a request: as one Message, or as a stream of events. */
import type { Message, StreamEvent } from '../../spec/index.ts';
import type { Backend, BackendEvent } from '../backend.ts';
import { abortableFrames } from '../abortable-frames.ts';
import { ApiError } from '../errors.ts';
import type { Job } from '../job.ts';
import { errorEnvelope } from '../json-reply.ts';
import { streamHeaders, type Frame, type Reply, type StreamEnding } from '../reply.ts';
import { MessageFold } from './fold-message.ts';
import { MessageEvents } from './message-events.ts';
import { PingedReader } from './pinged-reader.ts';
import { eventFrame } from './sse.ts';

/** The whole Message as JSON. Rejects with what the backend throws. */
export async function generateMessage(backend: Backend, { request, context, signal = new AbortController().signal }: Job): Promise<string> {
  const events = new MessageEvents(context);
  const fold = new MessageFold();
  for await (const event of backend.generate(request, signal)) {
    for (const streamEvent of events.accept(event)) fold.add(streamEvent);
    if (event.type === 'stop') break;
  }
  if (signal.aborted) throw clientClosed();
  events.end();
  return fold.json;
}

/** The answer to `max_tokens: 0`: the prompt is counted and nothing is generated. */
export function countedMessage(input: number, { context }: Job): Message {
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
export async function streamMessage(backend: Backend, job: Job): Promise<Reply> {
  const abort = new AbortController();
  const forwardAbort = (): void => abort.abort();
  job.signal?.addEventListener('abort', forwardAbort);
  if (job.signal?.aborted === true) abort.abort();
  const source = backend.generate(job.request, abort.signal)[Symbol.asyncIterator]();
  const reader = new PingedReader<BackendEvent>(source, abort.signal, job.clock, job.pingIntervalMs);
  const events = new MessageEvents(job.context);
  const release = (): void => {
    job.signal?.removeEventListener('abort', forwardAbort);
    reader.stop();
  };
  try {
    const first = await nextEvents(reader, events);
    if (first === undefined) throw clientClosed();
    const frames = abortableFrames(streamFrames(first, reader, events, job, release), () => {
      abort.abort();
      release();
    });
    return { kind: 'stream', status: 200, headers: streamHeaders(job.requestId), frames };
  } catch (error) {
    release();
    throw error;
  }
}

async function* streamFrames(
  first: readonly StreamEvent[],
  reader: PingedReader<BackendEvent>,
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
async function nextEvents(reader: PingedReader<BackendEvent>, events: MessageEvents): Promise<readonly StreamEvent[] | undefined> {
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
