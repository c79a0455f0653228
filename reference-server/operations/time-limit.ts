/** Bounds the time that one request may take, its wait in the queue included. */
import { ApiError, type Backend, type BackendEvent, type Clock, systemClock } from '../../endpoint/index.ts';
import type { MessagesRequest } from '../../spec/index.ts';

/** The backend; a generation that takes longer is stopped with a `timeout_error`: a 504, or an `error` event where the stream had begun. */
export function limitTime(backend: Backend, limitMs: number, clock: Clock = systemClock): Backend {
  return {
    ...(backend.keepsPrompts === undefined ? {} : { keepsPrompts: backend.keepsPrompts }),
    models: () => backend.models(),
    countTokens: (request) => backend.countTokens(request),
    generate: (request, signal) => generate(backend, request, signal, limitMs, clock),
  };
}

async function* generate(
  backend: Backend,
  request: MessagesRequest,
  signal: AbortSignal,
  limitMs: number,
  clock: Clock,
): AsyncGenerator<BackendEvent, void> {
  const late = new AbortController();
  const cancel = clock.after(limitMs, () => late.abort());
  try {
    for await (const event of backend.generate(request, AbortSignal.any([signal, late.signal]))) {
      yield event;
      if (event.type === 'stop') return;
    }
    if (late.signal.aborted && !signal.aborted) {
      throw new ApiError('timeout_error', `The request took longer than the ${limitMs / 1000} seconds that this server allows.`);
    }
  } finally {
    cancel();
  }
}
