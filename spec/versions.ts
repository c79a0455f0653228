// Values of the `anthropic-version` and `anthropic-beta` headers.
// https://platform.claude.com/docs/en/api/versioning

/** The live API versions, oldest first. SDKs from October 2026 on send the newer one, Claude Code still the older. */
export const apiVersions = ['2023-06-01', '2026-10-21'] as const;

/** A live API version. */
export type ApiVersion = (typeof apiVersions)[number];

/** True for a live API version. */
export function isApiVersion(version: string | undefined): version is ApiVersion {
  return apiVersions.some((known) => known === version);
}

/** Beta names whose feature is generally available by now. Old clients still send them, and they change nothing. */
export const retiredBetas: readonly string[] = [
  'prompt-caching-2024-07-31',
  'pdfs-2024-09-25',
  'message-batches-2024-09-24',
  'token-counting-2024-11-01',
  'token-efficient-tools-2025-02-19',
  'extended-cache-ttl-2025-04-11',
  'fine-grained-tool-streaming-2025-05-14',
  'interleaved-thinking-2025-05-14',
];

/** True if a list of beta names holds one that may change the rules, that is, one that is not retired. */
export function hasLiveBeta(betas: readonly string[]): boolean {
  return betas.some((beta) => !retiredBetas.includes(beta));
}

/** The names in `anthropic-beta` headers: comma-separated, repeated, with spaces, all at once. */
export function parseBetas(headers: string | readonly string[] | undefined): readonly string[] {
  const values = headers === undefined ? [] : typeof headers === 'string' ? [headers] : headers;
  return values
    .flatMap((value) => value.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
