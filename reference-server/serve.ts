/** The reference server on a port: a model behind the endpoint. */
import { listen } from '../endpoint/node/index.ts';
import type { ModelInfo } from '../spec/index.ts';
import type { LlamaBackendOptions } from './backend.ts';
import { importEngine } from './engine.ts';
import { type OperationOptions, operatedEndpoint } from './operations/operated-endpoint.ts';

export interface ReferenceServerOptions extends LlamaBackendOptions, OperationOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /**
   * Default 127.0.0.1: nobody outside the machine, and only requests whose Host is a name of the loopback, so that no web page can reach
   * the server by a name of its own. Where a host is given, requests may name any.
   */
  readonly host?: string;
}

export interface ReferenceServer extends AsyncDisposable {
  /** Origin without a trailing slash, e.g. `http://127.0.0.1:41234`. */
  readonly url: string;
  readonly model: ModelInfo;
  /** Takes no new connections, lets replies in progress end for `graceMs` (default 0), then stops them and frees the model. */
  close(graceMs?: number): Promise<void>;
}

/**
 * Loads the model, then listens.
 *
 * @throws StartError where engine or model cannot be used, ListenError where the port cannot be had.
 * @example
 * await using server = await startReferenceServer();
 * const reply = await fetch(`${server.url}/v1/models`);
 */
export async function startReferenceServer(options: ReferenceServerOptions = {}): Promise<ReferenceServer> {
  const { port = 0, host = '127.0.0.1' } = options;
  // Before anything that needs what comes with it, so that its absence is told with the line that installs it.
  await importEngine();
  const { createLlamaBackend } = await import('./backend.ts');
  const backend = await createLlamaBackend(options);
  const [model] = backend.models();
  if (model === undefined) throw new Error('A loaded model is always listed.');
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
