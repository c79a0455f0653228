/** What keeps a report from being written or a record from being read. The message is one sentence for the person who typed the command. */
import { asText } from '../spec/as-text.ts';

/** `output`: a path cannot be written. `record`: a file is not a record that this version reads. */
export type ReportErrorCode = 'output' | 'record';

export class ReportError extends Error {
  override readonly name = 'ReportError';
  readonly code: ReportErrorCode;

  constructor(code: ReportErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

/** What a system error means, in words: `no such file or directory` for ENOENT. */
export function systemReason(error: unknown): string {
  if (!(error instanceof Error)) return asText(error);
  // Node writes `ENOENT: no such file or directory, open '/x'`; the path is in our sentence already.
  const match = /^[A-Z0-9]+: ([^,]+)/.exec(error.message);
  return match?.[1] ?? error.message;
}
