/** What a user may mean by a model: a file here, a file somewhere on the web, or a name on Hugging Face. */
import { StartError } from '../start-error.ts';

export type ModelSource = { readonly kind: 'file'; readonly path: string } | WebModel | HubModel;

export interface WebModel {
  readonly kind: 'web';
  readonly url: URL;
}

/** A file of a repository on Hugging Face, or whichever of its files has the quantization. */
export interface HubModel {
  readonly kind: 'hub';
  /** As in `user/repo`. */
  readonly repository: string;
  readonly revision: string;
  readonly file?: string;
  readonly quantization?: string;
}

const hubHosts: ReadonlySet<string> = new Set(['huggingface.co', 'www.huggingface.co', 'hf.co']);
const hubForm = 'hf:user/repo, hf:user/repo:Q4_K_M or hf:user/repo/file.gguf, and #revision after it where it is not main';

/** Reads what was typed after `--model`. @throws StartError for a name or URL that can be nothing of the kind. */
export function parseModelSource(text: string): ModelSource {
  const name = /^(?:hf:(?:\/\/)?|(?:hf\.co|huggingface\.co)\/)(.*)$/iu.exec(text)?.[1];
  if (name !== undefined) return hubName(name, text);
  if (!/^https?:/iu.test(text)) return { kind: 'file', path: text };
  const url = URL.parse(text);
  if (url === null) throw new StartError('model-name', `The model ${withoutQuery(text)} is not a URL.`);
  if (url.username !== '' || url.password !== '') {
    throw new StartError('model-name', 'Leave user and password out of the URL of a model; they would show in the process list.');
  }
  return hubHosts.has(url.hostname) ? hubPage(url, withoutQuery(text)) : { kind: 'web', url };
}

function hubName(name: string, text: string): HubModel {
  const [, place = '', revision] = /^([^#]*)(?:#(.*))?$/su.exec(name) ?? [];
  const [user, repositoryAndTag, ...path] = place.replace(/\/$/u, '').split('/');
  const [repository, quantization] = path.length > 0 ? [repositoryAndTag] : (repositoryAndTag ?? '').split(':');
  return hubModel({ user, repository, revision, path, text, quantization });
}

/** What the address bar of a browser shows: the repository, or one of its files. */
function hubPage(url: URL, text: string): HubModel {
  const [user, repository, kind, revision, ...path] = url.pathname.replace(/\/$/u, '').split('/').slice(1).map(decoded);
  const isKnown = kind === undefined || kind === 'tree' || ((kind === 'resolve' || kind === 'blob') && path.length > 0);
  if (!isKnown) throw new StartError('model-name', `The page ${url.origin}${url.pathname} is not a model. Write ${hubForm}.`);
  return hubModel({ user, repository, revision, path: kind === 'tree' ? [] : path, text });
}

interface Parts {
  readonly user: string | undefined;
  readonly repository: string | undefined;
  readonly revision: string | undefined;
  readonly path: readonly string[];
  readonly text: string;
  readonly quantization?: string | undefined;
}

function hubModel({ user, repository, revision = 'main', path, text, quantization }: Parts): HubModel {
  const isNamed = [user, repository].every((part) => part !== undefined && /^[\w.-]+$/u.test(part) && isPlainName(part));
  const isTagged = quantization === undefined || /^[\w.-]+$/u.test(quantization);
  // A revision becomes a folder, and a part of a URL.
  if (!isNamed || !isTagged || ![...revision.split('/'), ...path].every(isPlainName)) {
    throw new StartError('model-name', `The model ${text} is not named as Hugging Face names them: write ${hubForm}.`);
  }
  const file = path.join('/');
  if (file !== '' && !/\.gguf$/iu.test(file)) throw new StartError('model-name', `The file ${file} in ${text} is not a .gguf file.`);
  return {
    kind: 'hub',
    repository: `${user}/${repository}`,
    revision,
    ...(file === '' ? {} : { file }),
    ...(quantization === undefined ? {} : { quantization }),
  };
}

/** A URL as it may be shown: its query may hold a secret. Any other name is left as it is. */
export function withoutQuery(text: string): string {
  return /^https?:/iu.test(text) ? text.replace(/[?#].*$/su, '') : text;
}

/**
 * Whether a segment of a path names a file in its folder and leads nowhere else, on any system. Nor may it hold what a terminal obeys or
 * hides: control characters, those that turn the direction of a line, and breaks of lines.
 */
export function isPlainName(segment: string): boolean {
  return segment !== '' && segment !== '.' && segment !== '..' && !/[\\/:*?"<>|\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(segment);
}

export function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
