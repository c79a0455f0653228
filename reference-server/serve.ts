/** The reference server on a port: a model behind the endpoint. */
import type { LlamaBackendOptions } from './backend.ts';
import { importEngine } from './engine.ts';
import { tryModel } from './model-trial.ts';
import type { OperationOptions } from './operations/operated-endpoint.ts';
import { type ReferenceServer, serveBackend } from './serve-backend.ts';

export type { ReferenceServer } from './serve-backend.ts';

export interface ReferenceServerOptions extends LlamaBackendOptions, OperationOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /**
   * Default 127.0.0.1: nobody outside the machine, and only requests whose Host is a name of the loopback, so that no web page can reach
   * the server by a name of its own. Where a host is given, requests may name any.
   */
  readonly host?: string;
  /**
   * Whether a model that was never loaded before is first tried in a process of its own, which costs loading it once more (default true).
   * Without that, a file whose values do not fit each other may end this process.
   */
  readonly trial?: boolean;
  /** Where it is kept which models went well. Default: in the user's cache. */
  readonly triedFolder?: string;
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
  // Before anything that needs what comes with it, so that its absence is told with the line that installs it.
  await importEngine();
  const { trial = true, triedFolder } = options;
  const [{ createLlamaBackend }] = await Promise.all([
    import('./backend.ts'),
    trial ? tryModel(options, triedFolder === undefined ? {} : { folder: triedFolder }) : undefined,
  ]);
  return serveBackend(await createLlamaBackend(options), options);
}
