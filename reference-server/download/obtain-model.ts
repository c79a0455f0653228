/** From what was typed after `--model` to a file on this machine. Nothing is downloaded unless it was asked for, and nothing after the start. */
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LlamaBackendOptions } from '../backend.ts';
import { importEngine } from '../engine.ts';
import { StartError } from '../start-error.ts';
import { downloadFile, gaveUp } from './download-file.ts';
import { ConnectionLost, DownloadHttp, type DownloadHttpOptions } from './download-http.ts';
import { hubEndpoint, hubFiles, type RemoteFile } from './hub.ts';
import { modelStem, partsOf } from './model-files.ts';
import { defaultModelFolder, hubFolder, modelIn, webFile } from './model-folder.ts';
import { type HubModel, parseModelSource, type WebModel, withoutQuery } from './model-source.ts';

export interface ObtainOptions extends Pick<DownloadHttpOptions, 'dispatcher' | 'signal'> {
  /** Where downloaded models lie. Default: a folder in the user's cache. */
  readonly folder?: string;
  /** Whether a model that is not there may be downloaded. Default false. */
  readonly mayDownload?: boolean;
  /** For `HF_TOKEN` and `HF_ENDPOINT`. Default: the environment of the process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Waits before another attempt. Default: the system's clock. */
  readonly wait?: (ms: number) => Promise<void>;
}

export interface DownloadProgress {
  /** File name, without folders. */
  readonly name: string;
  /** Which file it is, from 1, and of how many. */
  readonly file: number;
  readonly files: number;
  /** Bytes of this file. */
  readonly done: number;
  /** Undefined where the server does not say. */
  readonly total: number | undefined;
}

/** What a server is started with. The name is that of the file, without the number of a part. */
export type ObtainedModel = Required<Pick<LlamaBackendOptions, 'path' | 'name'>>;

/**
 * The file of a model: a path as it is, a URL or an `hf:` name from the folder of models, or from the network where that is allowed.
 *
 * @throws StartError with one sentence that says what is wrong.
 */
export async function obtainModel(reference: string, options: ObtainOptions = {}): Promise<ObtainedModel> {
  const source = parseModelSource(reference);
  if (source.kind === 'file') return { path: source.path, name: modelStem(basename(source.path)) };
  const { folder = defaultModelFolder(), mayDownload = false } = options;
  const present = await modelIn(folder, source);
  if (present !== undefined) return { path: present, name: modelStem(basename(present)) };
  if (!mayDownload) {
    throw new StartError(
      'model-missing',
      `The model ${withoutQuery(reference)} is not in ${folder}. Add --download to have it downloaded, or name another --model-dir.`,
    );
  }
  const path = await download(source, folder, options);
  return { path, name: modelStem(basename(path)) };
}

async function download(source: HubModel | WebModel, folder: string, options: ObtainOptions): Promise<string> {
  const { environment = process.env, signal, dispatcher, onProgress } = options;
  // First, so that nobody waits for gigabytes to be told that the engine is missing.
  const module = await importEngine();
  await using http = new DownloadHttp({ token: environment['HF_TOKEN'], signal, ...(dispatcher === undefined ? {} : { dispatcher }) });
  const hub = source.kind === 'hub' ? source : undefined;
  const base = source.kind === 'hub' ? hubFolder(folder, source) : join(webFile(folder, source.url), '..');
  const files = source.kind === 'hub' ? await listed(source, environment['HF_ENDPOINT'], http) : webFiles(source, folder);
  for (const [index, file] of files.entries()) {
    const name = basename(file.name);
    await downloadFile({
      file,
      target: join(base, file.name),
      hub,
      http,
      module,
      bytesAhead: files.slice(index + 1).reduce((sum, { size = 0 }) => sum + size, 0),
      onBytes: (done, total) => onProgress?.({ name, file: index + 1, files: files.length, done, total }),
      wait: options.wait ?? ((ms) => sleep(ms, undefined, signal === undefined ? {} : { signal })),
    });
  }
  const [first] = files;
  if (first === undefined) throw new Error('A model has at least one file.');
  return join(base, first.name);
}

async function listed(source: HubModel, mirror: string | undefined, http: DownloadHttp): Promise<readonly RemoteFile[]> {
  try {
    return await hubFiles(source, hubEndpoint(mirror), http);
  } catch (error) {
    throw error instanceof ConnectionLost ? gaveUp(error, 0) : error;
  }
}

/** The parts lie beside each other, under names that differ by their number alone. */
function webFiles({ url }: WebModel, folder: string): readonly RemoteFile[] {
  const names = partsOf(basename(webFile(folder, url)));
  return partsOf(url.pathname).map((pathname, index) => {
    const part = new URL(url);
    part.pathname = pathname;
    return { url: part, name: names[index] ?? basename(pathname) };
  });
}
