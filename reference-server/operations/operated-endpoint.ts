/** What a server that is left running needs around its model: keys, limits, a log, and a door that only opens to whom it should. */
import { type Backend, createEndpoint, type Endpoint } from '../../endpoint/index.ts';
import { withCors } from './cors.ts';
import { withHealth } from './health.ts';
import { onlyForLoopback } from './loopback-host.ts';
import { type RequestLogOptions, withRequestLog } from './request-log.ts';
import { limitTime } from './time-limit.ts';

export interface OperationOptions {
  /** Keys that may ask. Default: none, and everybody may. */
  readonly apiKeys?: readonly string[];
  /** Longer bodies get a 413. Default 32 MiB. */
  readonly maxBodyBytes?: number;
  /** A request that takes longer, its wait in the queue included, is stopped with a `timeout_error`. Default one hour. */
  readonly maxRequestMs?: number;
  /** Origins whose web pages may ask, `*` for any. Default: none. */
  readonly corsOrigins?: readonly string[];
  /** A log of the requests. Default: none. */
  readonly log?: RequestLogOptions;
  /** Where the server listens, if it was told: then requests may name any host. Default: only names of the loopback. */
  readonly host?: string;
  /** What stands between port and model, such as faults. Default: nothing. */
  readonly wrap?: (endpoint: Endpoint) => Endpoint;
  /** Told of every exception that became a 500. Default: nobody. */
  readonly onError?: (error: unknown, requestId: string) => void;
}

const defaultMaxRequestMs = 3_600_000;

/** The endpoint of a backend, from the inside out: limits, faults, health, host check, CORS, log. */
export function operatedEndpoint(backend: Backend, options: OperationOptions): Endpoint {
  const { apiKeys = [], maxBodyBytes, onError, wrap = (inner) => inner, corsOrigins = [] } = options;
  const limited = limitTime(backend, options.maxRequestMs ?? defaultMaxRequestMs);
  const endpointOptions = {
    apiKeys,
    ...(maxBodyBytes === undefined ? {} : { maxBodyBytes }),
    ...(onError === undefined ? {} : { onError }),
  };
  let endpoint = wrap(createEndpoint(limited, endpointOptions));
  endpoint = withHealth(endpoint, () => ({ models: backend.models().map(({ id }) => id) }));
  if (options.host === undefined) endpoint = onlyForLoopback(endpoint);
  if (corsOrigins.length > 0) endpoint = withCors(endpoint, corsOrigins);
  return options.log === undefined ? endpoint : withRequestLog(endpoint, options.log);
}
