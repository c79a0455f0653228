/** Where downloaded models lie, and which of them is there. A file has its name only when it is whole, so what has a name is a model. */
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { StartError } from '../start-error.ts';
import { chooseModel, partsOf } from './model-files.ts';
import { decoded, type HubModel, isPlainName, type WebModel } from './model-source.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where models lie unless another folder is named. */
export function defaultModelFolder(environment?: Environment, platform?: string): string {
  return join(cacheFolder(environment, platform), 'models');
}

/** A folder of the user's that backups and cleaners know as a cache. */
export function cacheFolder(environment: Environment = process.env, platform: string = process.platform): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = environment;
  const cache =
    xdg !== undefined && xdg !== ''
      ? xdg
      : platform === 'darwin'
        ? join(homedir(), 'Library', 'Caches')
        : platform === 'win32'
          ? (local ?? join(homedir(), 'AppData', 'Local'))
          : join(homedir(), '.cache');
  return join(cache, 'messages-conformance');
}

/** Where the files of a repository go: by its name at Hugging Face, whatever mirror they came from. */
export function hubFolder(folder: string, { repository, revision }: HubModel): string {
  return join(folder, 'hf', ...repository.split('/'), encodeURIComponent(revision));
}

/**
 * Where the file behind a URL goes: by host and path. A query that may make it another file adds a hash, so that no file is taken for
 * another one; the query itself may hold secrets.
 */
export function webFile(folder: string, url: URL): string {
  const segments = url.pathname
    .split('/')
    .filter((segment) => segment !== '')
    .map(decoded);
  const plain = segments.filter(isPlainName);
  const last = plain.at(-1) ?? 'model';
  const isWhole = plain.length === segments.length && /\.gguf$/iu.test(last) && ['', '?download=true'].includes(url.search);
  const hash = createHash('sha256').update(url.href).digest('hex').slice(0, 10);
  // In front of the number of a part, which has to stay at the end.
  const name = isWhole ? last : partsOf(last).length > 1 ? `${hash}-${last}` : `${last.replace(/\.gguf$/iu, '')}-${hash}.gguf`;
  return join(folder, 'web', url.host.replaceAll(/[^\w.-]/gu, '_'), ...plain.slice(0, -1), name);
}

/** The file to load, of a model that is there with all its parts; undefined where it is not. No network is asked. */
export async function modelIn(folder: string, source: HubModel | WebModel): Promise<string | undefined> {
  const base = source.kind === 'web' ? dirname(webFile(folder, source.url)) : hubFolder(folder, source);
  const names = await filesIn(base);
  const all = new Set(names);
  const whole = names.filter((name) => partsOf(name).every((part) => all.has(part)));
  const name = source.kind === 'web' ? firstPart(basename(webFile(folder, source.url))) : nameIn(source, whole);
  return name !== undefined && whole.includes(name) ? join(base, name) : undefined;
}

function nameIn({ file, quantization }: HubModel, names: readonly string[]): string | undefined {
  return file === undefined ? chooseModel(names, quantization) : firstPart(file);
}

function firstPart(name: string): string | undefined {
  return partsOf(name)[0];
}

async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    const names = await readdir(folder, { recursive: true });
    return names.map((name) => name.replaceAll('\\', '/'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return [];
    throw new StartError('model-unreadable', `The folder of models ${folder} cannot be read.`, error);
  }
}
