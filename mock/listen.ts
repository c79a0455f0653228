/** A mock on a port, with its own clock. */
import type { Clock, Endpoint } from '../endpoint/index.ts';
import { listen as listenTo, type ListenOptions, type RunningServer } from '../endpoint/node/index.ts';

/**
 * Serves a mock, a recorder or a replay on a port of 127.0.0.1. What has a clock of its own is served by it, unless the options name another.
 * Rejects with a `ListenError` where it cannot have the port.
 * @example
 * await using server = await listen(mock);
 * process.env.ANTHROPIC_BASE_URL = server.url;
 */
export function listen(endpoint: Endpoint & { readonly clock?: Clock }, options: ListenOptions = {}): Promise<RunningServer> {
  return listenTo(endpoint, { ...(endpoint.clock !== undefined && { clock: endpoint.clock }), ...options });
}
