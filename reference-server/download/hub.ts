/** What a repository on Hugging Face holds, and which of its files a model is. API: https://huggingface.co/docs/hub/api */
import { text } from 'node:stream/consumers';
import { StartError } from '../start-error.ts';
import type { DownloadHttp, DownloadResponse } from './download-http.ts';
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
  for (let pages = 0; page !== undefined && pages < mostPages; pages += 1) {
    const response: DownloadResponse = await http.get(page);
    await requireAccess(response, page, http, model);
    entries.push(...entriesIn(await text(response.body).catch((error: unknown) => Promise.reject(http.lost(endpoint.host, error))), page));
    page = nextPage(response.header('link'), page);
  }
  return entries;
}

/** Names that lead out of the folder are not taken from anybody. */
function entriesIn(body: string, page: URL): readonly Entry[] {
  const parsed = parse(body);
  if (!Array.isArray(parsed)) throw new StartError('model-refused', `${page.host} does not list files as Hugging Face does.`);
  return parsed.flatMap((item: unknown): Entry[] => {
    const { type, path, size, lfs } = isRecord(item) ? item : {};
    if (type !== 'file' || typeof path !== 'string' || !path.split('/').every(isPlainName)) return [];
    const { oid, size: stored } = isRecord(lfs) ? lfs : {};
    const sha256 = typeof oid === 'string' ? /^(?:sha256:)?([0-9a-f]{64})$/iu.exec(oid)?.[1]?.toLowerCase() : undefined;
    const bytes = [stored, size].find((number) => Number.isSafeInteger(number));
    return [{ path, size: typeof bytes === 'number' ? bytes : undefined, sha256 }];
  });
}

function nextPage(link: string | undefined, page: URL): URL | undefined {
  const next = /<([^>]+)>\s*;\s*rel="?next"?/iu.exec(link ?? '')?.[1];
  return next === undefined ? undefined : (URL.parse(next, page) ?? undefined);
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

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
