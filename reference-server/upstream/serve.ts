/** The Messages API on a port, in front of an OpenAI-compatible engine. */
import { listen } from '../../endpoint/node/index.ts';
import { type OperationOptions, operatedEndpoint } from '../operations/operated-endpoint.ts';
import type { ReferenceServer, ReferenceServerOptions } from '../serve.ts';
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
  const { port = 0, host = '127.0.0.1', upstream, engine, key, silenceMs } = options;
  const backend = await createUpstreamBackend({
    upstream,
    ...(engine === undefined ? {} : { engine }),
    ...(key === undefined ? {} : { key }),
    ...(silenceMs === undefined ? {} : { silenceMs }),
  });
  const [model] = backend.models();
  if (model === undefined) throw new Error('An engine without models is refused.');
  const server = await listen(operatedEndpoint(backend, options), { port, host }).catch(async (error: unknown) => {
    await backend[Symbol.asyncDispose]();
    throw error;
  });
  const close = async (graceMs = 0): Promise<void> => {
    await server.close(graceMs);
    await backend[Symbol.asyncDispose]();
  };
  return { url: server.url, model, close, [Symbol.asyncDispose]: () => close() };
}
