/** Base URLs as people write them: with `/v1`, with a closing slash, with a key in them. */
import { ConformanceError } from './errors.ts';

export interface BaseUrl {
  /** Without `/v1` and without a closing slash. */
  readonly baseUrl: string;
  /** What was changed, for the user. */
  readonly note?: string;
}

/** @throws ConformanceError `usage` where it is not an http or https URL. */
export function normaliseBaseUrl(input: string): BaseUrl {
  const url = parse(input);
  if (url.username !== '' || url.password !== '') {
    throw new ConformanceError('usage', 'The base URL holds a user name or password; give the key with --api-key-env NAME instead.');
  }
  if (url.search !== '' || url.hash !== '') {
    throw new ConformanceError('usage', `The base URL must end with its path, without "${url.search}${url.hash}".`);
  }
  const path = url.pathname.replace(/\/+$/, '');
  const prefix = path.replace(/\/v1(\/messages)?$/, '');
  const baseUrl = `${url.origin}${prefix}`;
  if (input === baseUrl) return { baseUrl };
  return { baseUrl, note: `Base URL read as ${baseUrl}; clients add /v1/messages themselves.` };
}

function parse(input: string): URL {
  const hint = 'write it like http://127.0.0.1:8000';
  // "localhost:8000" parses as a URL whose scheme is "localhost".
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(input)) throw new ConformanceError('usage', `"${input}" is not a base URL; ${hint}.`);
  if (!URL.canParse(input)) throw new ConformanceError('usage', `"${input}" is not a base URL; ${hint}.`);
  const url = new URL(input);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new ConformanceError('usage', `"${input}" is not an http or https URL; ${hint}.`);
  }
  return url;
}
