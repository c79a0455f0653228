/** Waiting for a connection that may no longer be wanted. */

/** The run gave up before anything was sent. */
export class AbortedError extends Error {
  override readonly name = 'AbortedError';
}

/** @param undo called with the result where it comes after the abort. @throws AbortedError */
export async function abortable<Result>(work: Promise<Result>, signal: AbortSignal, undo: (result: Result) => void): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(new AbortedError('aborted'));
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } catch (error) {
    if (error instanceof AbortedError) work.then(undo, () => undefined);
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
