/** The Messages API on a port, in front of an OpenAI-compatible engine. */
import type { OperationOptions } from '../operations/operated-endpoint.ts';
import type { ReferenceServerOptions } from '../serve.ts';
import { type ReferenceServer, serveBackend } from '../serve-backend.ts';
import { createUpstreamBackend, type UpstreamBackendOptions } from './backend.ts';

export interface UpstreamServerOptions extends UpstreamBackendOptions, OperationOptions, Pick<ReferenceServerOptions, 'port' | 'host'> {}

/**
 * Asks the engine for its models, then listens.
 *
 * @throws StartError where the engine cannot be asked, ListenError where the port cannot be had.
 * @example
 * await using server = await startUpstreamServer({ upstream: 'http://127.0.0.1:8000/v1' });
 */
export async function startUpstreamServer(options: UpstreamServerOptions): Promise<ReferenceServer> {
  const { upstream, engine, key, silenceMs } = options;
  const backend = await createUpstreamBackend({
    upstream,
    ...(engine === undefined ? {} : { engine }),
    ...(key === undefined ? {} : { key }),
    ...(silenceMs === undefined ? {} : { silenceMs }),
  });
  return serveBackend(backend, options);
}
