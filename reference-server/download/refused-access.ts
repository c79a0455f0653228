/** Statuses that mean no: each in a sentence that says what its reader can do about it. */
import { StartError } from '../start-error.ts';
import { ConnectionLost, type DownloadHttp, type DownloadResponse } from './download-http.ts';
import type { HubModel } from './model-source.ts';

/**
 * Lets an answer of 2xx pass. Hugging Face says 401 to a repository that does not exist too, so that nobody can find out about private ones.
 *
 * @throws StartError for a refusal, ConnectionLost where the server is only busy.
 */
export async function requireAccess(
  { status, body }: DownloadResponse,
  url: URL,
  http: Pick<DownloadHttp, 'sendsTokenTo'>,
  model?: HubModel,
): Promise<void> {
  if (status >= 200 && status < 300) return;
  await body.dump();
  const place = `${url.origin}${url.pathname}`;
  if (status === 429 || status >= 500) throw new ConnectionLost(url.host, `it answers ${status}`);
  if (model === undefined) {
    const why = status === 404 || status === 410 ? 'There is no such file' : `The server answers ${status}`;
    throw new StartError('model-refused', `The model cannot be downloaded from ${place}. ${why}.`);
  }
  throw new StartError('model-refused', hubSentence(status, model, http.sendsTokenTo(url), place));
}

function hubSentence(status: number, { repository, revision }: HubModel, hasToken: boolean, place: string): string {
  if (status === 404) {
    const where = revision === 'main' ? repository : `${repository} at ${revision}`;
    return `${where} is not on Hugging Face (404): look for a misspelling.`;
  }
  if (status !== 401 && status !== 403) return `Hugging Face answers ${status} to ${place}.`;
  if (hasToken) {
    return `Hugging Face refuses ${repository} (${status}) although HF_TOKEN is set: accept the terms on https://huggingface.co/${repository}, or use a token that may read it.`;
  }
  return `Hugging Face refuses ${repository} (${status}): it does not exist, is private, or asks for its terms to be accepted. If you have access, set HF_TOKEN.`;
}
