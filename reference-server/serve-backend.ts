/** A Backend on a port, behind the endpoint: what the servers of a model and of another engine have in common. */
import type { Backend } from '../endpoint/backend.ts';
import { listen } from '../endpoint/node/index.ts';
import type { ModelInfo } from '../spec/index.ts';
import { type OperationOptions, operatedEndpoint } from './operations/operated-endpoint.ts';

export interface ReferenceServer extends AsyncDisposable {
  /** Origin without a trailing slash, e.g. `http://127.0.0.1:41234`. */
  readonly url: string;
  readonly model: ModelInfo;
  /** Takes no new connections, lets replies in progress end for `graceMs` (default 0), then stops them and frees the model. */
  close(graceMs?: number): Promise<void>;
}

/** Listens. The backend belongs to the server, and goes with it. @throws ListenError where the port cannot be had. */
export async function serveBackend(
  backend: Backend & AsyncDisposable,
  options: OperationOptions & { readonly port?: number; readonly host?: string },
): Promise<ReferenceServer> {
  const { port = 0, host = '127.0.0.1' } = options;
  const [model] = backend.models();
  if (model === undefined) throw new Error('A backend that serves no model is refused before.');
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
