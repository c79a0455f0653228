/** The headers that decide which rules a request follows: `anthropic-version` and `anthropic-beta`. */
import { apiVersions, isApiVersion, parseBetas, type ApiVersion } from '../spec/index.ts';
import { ApiError } from './errors.ts';
import type { HeaderMap } from './request.ts';

export interface RequestRules {
  readonly version: ApiVersion;
  /** Unknown names are kept and mean nothing: coding agents send a dozen. */
  readonly betas: readonly string[];
}

/** Throws a 400 where the version is missing or not a live one. */
export function readRules(headers: HeaderMap): RequestRules {
  const version = headers.get('anthropic-version')?.trim();
  if (isApiVersion(version)) return { version, betas: parseBetas(headers.get('anthropic-beta')) };
  const known = apiVersions.join(' or ');
  const problem = version === undefined ? `header is required; send ${known}` : `"${version}" is not a known version; send ${known}`;
  throw new ApiError('invalid_request_error', `anthropic-version: ${problem}.`);
}
