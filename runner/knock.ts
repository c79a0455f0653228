/** Asking whether anybody is there: before a run (`--wait`), and in the middle of one that has gone silent. */
import { setTimeout as sleepFor } from 'node:timers/promises';
import { ConformanceError } from './errors.ts';
import { knockRequest } from './preflight.ts';
import type { Knock } from './pulse.ts';
import type { Recorder } from './wire/index.ts';
import { type Addressee, wireRequest } from './wire-request.ts';

const patienceMs = 30_000;
const pauseMs = 500;

/** Knocks for up to 30 s. These requests are no evidence and are not kept. */
export async function knocker(recorder: Recorder, addressee: Addressee, model: string, signal: AbortSignal): Promise<Knock> {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
  for (let attempt = 1; !patience.aborted; attempt += 1) {
    const { exchange } = await recorder.send(wireRequest(knockRequest(model), addressee), { connection: 'new', signal: patience });
    if (exchange.response !== undefined) return attempt === 1 ? 'at-once' : 'later';
    await sleepFor(pauseMs, undefined, { signal: patience }).catch(() => undefined);
  }
  return 'never';
}

/** Waits until the server answers anything at all. @throws ConformanceError `target` where it did not in time. */
export async function waitUntilUp(recorder: Recorder, addressee: Addressee, waitMs: number, signal: AbortSignal): Promise<void> {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(waitMs)]);
  while (!patience.aborted) {
    const { exchange } = await recorder.send(wireRequest({ method: 'GET', path: '/v1/models' }, addressee), {
      connection: 'new',
      signal: patience,
    });
    if (exchange.response !== undefined) return;
    await sleepFor(pauseMs, undefined, { signal: patience }).catch(() => undefined);
  }
  if (!signal.aborted) throw new ConformanceError('target', `${addressee.baseUrl} did not answer within the ${waitMs / 1000} s of --wait.`);
}
