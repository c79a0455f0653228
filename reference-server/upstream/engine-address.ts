/** Where an OpenAI-compatible engine is, from what people type: `http://host:8000/v1`, with or without the `/v1`. */
import { StartError } from '../start-error.ts';

export interface EngineAddress {
  /** Ends in the version, as in `http://host:8000/v1`: chat completions and models are below it. */
  readonly api: string;
  /** Without it: engines have what OpenAI's API lacks (`/tokenize`, `/props`) beside it. */
  readonly root: string;
}

/** @throws StartError for what is no HTTP address, or holds a password. */
export function engineAddress(text: string): EngineAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new StartError('engine-address', `"${text}" is not the address of an engine; it looks like http://127.0.0.1:8000/v1.`);
  if (url.username !== '' || url.password !== '')
    throw new StartError('engine-address', 'The address of the engine must not hold a key; name its variable with --upstream-key-env.');
  const path = url.pathname.replace(/\/+$/, '').replace(/\/chat\/completions$/, '');
  const versioned = /\/v\d+$/.test(path) ? path : `${path}/v1`;
  return { api: `${url.origin}${versioned}`, root: `${url.origin}${versioned.replace(/\/v\d+$/, '')}` };
}
