/** An address that lists models and has no chat completions: a server of another API, or a gateway that passes on only some routes. */
import { ApiError } from '../../endpoint/errors.ts';
import { StartError } from '../start-error.ts';
import type { EngineClient } from './engine-client.ts';

/** A route that has not refused an empty body by then is there. */
const patienceMs = 5000;

/**
 * Asks at the start, with a body that no engine generates for, what else the first client would be told.
 *
 * @throws StartError where there are no chat completions. Whatever else is wrong may pass.
 */
export async function requireChat(client: EngineClient): Promise<void> {
  const { api } = client.address;
  try {
    await client.post(`${api}/chat/completions`, {}, AbortSignal.timeout(patienceMs));
  } catch (error) {
    if (!isRouteMissing(error)) return;
    const { message } = await missingRoute(client, error);
    throw new StartError('engine-unusable', `${api} lists models, but does not run them. ${message}`, error);
  }
}

/** A 404 that is not about the model, which engines refuse with the same status. */
export function isRouteMissing(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404 && !/\bmodel\b/i.test(error.message);
}

/** No fault of the client, which asked for a model that is listed: it would look for the mistake in its own request. */
export async function missingRoute(client: EngineClient, cause: unknown): Promise<ApiError> {
  const { api, root } = client.address;
  const direct = (await hasMessages(client)) ? ` It speaks the Messages API itself: ask ${root} without this server between.` : '';
  return new ApiError('api_error', `The engine has no ${new URL(api).pathname}/chat/completions.${direct}`, { cause });
}

/** A route that exists has something else than a 404 to say about a body without anything. */
async function hasMessages(client: EngineClient): Promise<boolean> {
  try {
    await client.post(`${client.address.root}/v1/messages`, {}, AbortSignal.timeout(patienceMs));
    return true;
  } catch (error) {
    return error instanceof ApiError && error.type === 'invalid_request_error';
  }
}
