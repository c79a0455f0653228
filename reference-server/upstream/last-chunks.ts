/** The chunks of a reply whose end has been announced: nothing but its usage is to come, and it comes at once or not at all. */

/** The chunks, until there are no more. From when `isOver` on none is waited for longer than `patienceMs` altogether, and none can fail. */
export async function* withLastChunks<Chunk>(
  chunks: AsyncIterable<Chunk>,
  isOver: () => boolean,
  patienceMs: number,
): AsyncGenerator<Chunk, void> {
  const source = chunks[Symbol.asyncIterator]();
  const late = Promise.withResolvers<undefined>();
  let timer: NodeJS.Timeout | undefined;
  try {
    for (;;) {
      if (isOver()) timer ??= setTimeout(() => late.resolve(undefined), patienceMs);
      const coming = source.next();
      const next = isOver() ? await Promise.race([coming.catch(() => undefined), late.promise]) : await coming;
      if (next === undefined || next.done === true) return;
      yield next.value;
    }
  } finally {
    clearTimeout(timer);
    // A source that is waiting for bytes is not waited for: whoever opened it closes its connection.
    void source.return?.().catch(() => undefined);
  }
}
