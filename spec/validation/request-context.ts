// The headers that decide which rules a request body follows.
// https://platform.claude.com/docs/en/api/versioning

/** The version and beta headers of a request. */
export interface RequestContext {
  /** Value of `anthropic-version`; undefined if the header is missing. */
  readonly version: string | undefined;
  /** Names in `anthropic-beta`; see `parseBetas`. */
  readonly betas: readonly string[];
}
