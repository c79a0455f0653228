/** The one exception for what keeps the server from starting. Its message is one sentence for the person who typed the command. */

/** What was wrong: the engine is not installed, does not run here or cannot be asked, the model cannot be had, or its file cannot be used. */
export type StartErrorCode =
  | 'engine-missing'
  | 'engine-unusable'
  | 'engine-address'
  | 'engine-unreachable'
  | 'model-name'
  | 'model-missing'
  | 'model-refused'
  | 'download-failed'
  | 'disk-full'
  | 'model-unreadable'
  | 'model-invalid'
  | 'model-unsupported';

export class StartError extends Error {
  override readonly name = 'StartError';
  readonly code: StartErrorCode;

  constructor(code: StartErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
