/** The errors that end a run before there is a record. What a server does wrong is a finding, never an exception. */

/** `usage`: an option is wrong (exit 2). `target`: the server cannot be reached (exit 3). `harness`: our own fault (exit 4). */
export type ConformanceErrorCode = 'usage' | 'target' | 'harness';

export class ConformanceError extends Error {
  override readonly name = 'ConformanceError';
  readonly code: ConformanceErrorCode;

  /** @param message one sentence: what is wrong, where, and what to do. */
  constructor(code: ConformanceErrorCode, message: string, options?: { readonly cause: unknown }) {
    super(message, options);
    this.code = code;
  }
}
