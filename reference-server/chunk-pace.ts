/** How much of a prompt is read at once: little enough that an abort, or another stream's next token, never waits long. */

/** A batch, which is also the least memory that the context sets aside. */
const most = 256;
/** Below this the model's weights are read too often for what is got out of it. */
const fewest = 32;
const aimMs = 50;

/** Every token has to look at all before it, so the further into a prompt the shorter the chunks. */
export class ChunkPace {
  #tokens = 64;

  /** Tokens of the next chunk. */
  get tokens(): number {
    return this.#tokens;
  }

  took(tokens: number, ms: number): void {
    const fitting = Math.floor((tokens * aimMs) / Math.max(ms, 0.1));
    // One quick chunk says little: at most twice as many.
    this.#tokens = Math.max(fewest, Math.min(most, fitting, this.#tokens * 2));
  }
}
