/** What a repository on Hugging Face holds, and which of its files a model is. API: https://huggingface.co/docs/hub/api */
import { isJsonObject } from '../../spec/json.ts';
import { StartError } from '../start-error.ts';
import { type DownloadHttp, type DownloadResponse, safeStep } from './download-http.ts';
import { chooseModel, modelsAmong, partsOf, quantizationOf } from './model-files.ts';
import { type HubModel, isPlainName } from './model-source.ts';
import { requireAccess } from './refused-access.ts';

/** A file to download. */
export interface RemoteFile {
  readonly url: URL;
  /** Its path in its folder, with slashes. */
  readonly name: string;
  readonly size?: number | undefined;
  /** In hexadecimal. */
  readonly sha256?: string | undefined;
}

interface Entry extends Pick<RemoteFile, 'size' | 'sha256'> {
  readonly path: string;
}

const mostPages = 50;
/** Of all pages together. Repositories of thousands of files need some 2 MB. */
const mostBytes = 16_000_000;

/** The files that make the model, in the order of its parts. @throws StartError where there is no such model, or no access to it. */
export async function hubFiles(model: HubModel, endpoint: URL, http: DownloadHttp): Promise<readonly RemoteFile[]> {
  const entries = new Map((await listing(model, endpoint, http)).map((entry) => [entry.path, entry]));
  const names = [...entries.keys()];
  const wanted = model.file ?? chooseModel(names, model.quantization);
  const parts = wanted === undefined ? [] : partsOf(wanted);
  if (parts.length === 0 || !parts.every((name) => entries.has(name))) throw notThere(model, names);
  const folder = `${model.repository}/resolve/${encodeURIComponent(model.revision)}/`;
  return parts.map((name) => {
    const entry = entries.get(name);
    const url = new URL(`${folder}${name.split('/').map(encodeURIComponent).join('/')}`, endpoint);
    return { url, name, size: entry?.size, sha256: entry?.sha256 };
  });
}

/** Where names are looked up: Hugging Face, or the mirror in `HF_ENDPOINT`. */
export function hubEndpoint(mirror: string | undefined): URL {
  if (mirror === undefined || mirror === '') return new URL('https://huggingface.co/');
  const url = URL.parse(mirror.endsWith('/') ? mirror : `${mirror}/`);
  if (url === null || !/^https?:$/u.test(url.protocol)) throw new StartError('model-name', `HF_ENDPOINT is not a URL: ${mirror}.`);
  return url;
}

async function listing(model: HubModel, endpoint: URL, http: DownloadHttp): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  const path = `api/models/${model.repository}/tree/${encodeURIComponent(model.revision)}?recursive=true`;
  let page: URL | undefined = new URL(path, endpoint);
  let left = mostBytes;
  for (let pages = 0; page !== undefined && pages < mostPages; pages += 1) {
    const response: DownloadResponse = await http.get(page);
    await requireAccess(response, page, http, model);
    const body = await bodyOf(response, page, http, left);
    left -= body.length;
    entries.push(...entriesIn(body.toString('utf8'), page));
    page = nextPage(response.header('link'), page);
  }
  return entries;
}

/** @param most Bytes; a body that has more is not read to its end. */
async function bodyOf({ body }: DownloadResponse, { host }: URL, http: DownloadHttp, most: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of body as AsyncIterable<Buffer>) {
      length += piece.length;
      if (length > most)
        throw new StartError('model-refused', `${host} lists files without end: more than ${mostBytes / 1e6} MB of names.`);
      pieces.push(piece);
    }
  } catch (error) {
    throw error instanceof StartError ? error : http.lost(host, error);
  }
  return Buffer.concat(pieces);
}

/** Names that lead out of the folder are not taken from anybody. */
function entriesIn(body: string, page: URL): readonly Entry[] {
  const parsed = parse(body);
  if (!Array.isArray(parsed)) throw new StartError('model-refused', `${page.host} does not list files as Hugging Face does.`);
  return parsed.flatMap((item: unknown): Entry[] => {
    const { type, path, size, lfs } = isJsonObject(item) ? item : {};
    if (type !== 'file' || typeof path !== 'string' || !path.split('/').every(isPlainName)) return [];
    const { oid, size: stored } = isJsonObject(lfs) ? lfs : {};
    const sha256 = typeof oid === 'string' ? /^(?:sha256:)?([0-9a-f]{64})$/iu.exec(oid)?.[1]?.toLowerCase() : undefined;
    const bytes = [stored, size].find((number) => Number.isSafeInteger(number));
    return [{ path, size: typeof bytes === 'number' ? bytes : undefined, sha256 }];
  });
}

function nextPage(link: string | undefined, page: URL): URL | undefined {
  const next = /<([^>]+)>\s*;\s*rel="?next"?/iu.exec(link ?? '')?.[1];
  if (next === undefined) return undefined;
  const place = safeStep(next, page);
  if (place === undefined) {
    throw new StartError('model-refused', `${page.host} continues its list of files at a place that is not safe to follow.`);
  }
  return place;
}

function notThere({ repository, revision, file, quantization }: HubModel, names: readonly string[]): StartError {
  const models = modelsAmong(names);
  const where = `${repository}${revision === 'main' ? '' : ` at ${revision}`}`;
  if (models.length === 0) return new StartError('model-refused', `${where} on Hugging Face holds no GGUF file that generates text.`);
  const found = [...new Set(models.map((name) => quantizationOf(name) ?? name))].toSorted();
  const shown = found.length > 12 ? `${found.slice(0, 12).join(', ')} and others` : found.join(', ');
  return new StartError('model-refused', `${where} on Hugging Face has no ${file ?? quantization ?? 'such model'}; it has ${shown}.`);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
