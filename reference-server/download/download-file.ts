/** One file from the network to the disk: it goes on where it broke off, and gets its name when it is whole and what it should be. */
import { stat } from 'node:fs/promises';
import type { LlamaModule } from '../engine.ts';
import { requireWholeFile } from '../gguf-file.ts';
import { StartError } from '../start-error.ts';
import { ConnectionLost, type DownloadHttp, type DownloadResponse } from './download-http.ts';
import type { RemoteFile } from './hub.ts';
import { lockFile } from './lock-file.ts';
import type { HubModel } from './model-source.ts';
import { PartFile } from './part-file.ts';
import { requireAccess } from './refused-access.ts';

export interface FileDownload {
  readonly file: RemoteFile;
  /** Where it goes. */
  readonly target: string;
  readonly hub?: HubModel | undefined;
  readonly http: DownloadHttp;
  readonly module: LlamaModule;
  /** Bytes of other files that are to come after this one. */
  readonly bytesAhead?: number;
  /** Told of every piece. `total` is undefined where the server does not say. */
  readonly onBytes?: (done: number, total: number | undefined) => void;
  /** Waits so many milliseconds before the next attempt. */
  readonly wait: (ms: number) => Promise<void>;
}

/** So often in a row without a new byte before it gives up. */
const mostAttempts = 5;
const firstWaitMs = 1000;
const magic = Buffer.from('GGUF');

/** Downloads the file unless it is there. @throws StartError; what there is of the file then stays, unless it can never become the file. */
export async function downloadFile(download: FileDownload): Promise<void> {
  const { target, file } = download;
  await using _lock = await lockFile(target);
  if (await isThere(target)) return;
  const part = await PartFile.open(target, file.sha256 !== undefined);
  try {
    await receiveWhole(download, part);
    await requireTrue(download, part);
    await part.finish();
  } catch (error) {
    const isUntrue = error instanceof StartError && error.code === 'model-invalid' && !(error instanceof OtherAnswer);
    const isUseless = part.length === 0 || isUntrue;
    if (isUseless) await part.discard();
    else await part[Symbol.asyncDispose]();
    throw error;
  }
}

/** What was sent instead of the file, as a network asks for a login: it tells nothing about what an earlier attempt left. */
class OtherAnswer extends StartError {}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** Attempts until nothing is missing. Every byte that comes gives it new patience. */
async function receiveWhole(download: FileDownload, part: PartFile): Promise<void> {
  const { http, file, wait } = download;
  const began = part.length;
  for (let failures = 0; part.length === 0 || part.length !== file.size;) {
    const before = part.length;
    try {
      await receive(download, part);
      return;
    } catch (error) {
      const lost = error instanceof ConnectionLost ? error : undefined;
      if (lost === undefined) throw error;
      failures = part.length > before ? 1 : failures + 1;
      // Where nothing was ever heard there is no network, or a name is wrong: nothing that time heals.
      const isHopeless = lost.isUnreachable && part.length === began;
      if (failures >= mostAttempts || isHopeless) throw gaveUp(lost, part.length);
    }
    http.signal?.throwIfAborted();
    await wait(firstWaitMs * 2 ** (failures - 1));
  }
}

/** Where there is nothing more to try. */
export function gaveUp(lost: ConnectionLost, held: number): StartError {
  const rest =
    held === 0 ? 'Models that are on this machine start without network.' : 'What came is kept: the same command goes on from there.';
  return new StartError('download-failed', `The download failed, ${lost.message}. ${rest}`, lost);
}

async function receive({ file, hub, http, bytesAhead = 0, onBytes }: FileDownload, part: PartFile): Promise<void> {
  const validator = await part.validator();
  // Without a sign that it is still the same file, what is there is of no use, unless its hash will tell.
  const isResumable = part.length > 0 && (validator !== undefined || file.sha256 !== undefined);
  const range = { from: part.length, ...(validator === undefined ? {} : { validator }) };
  const response = await http.get(file.url, isResumable ? range : undefined);
  if (response.status === 416) {
    await response.body.dump();
    await part.restart(undefined);
    throw new ConnectionLost(file.url.host, 'it has another file now');
  }
  await requireAccess(response, file.url, http, hub);
  const goesOn = response.status === 206;
  if (goesOn && rangeStart(response) !== part.length) {
    response.body.destroy();
    throw new ConnectionLost(file.url.host, 'it sent another part of the file');
  }
  if (goesOn && isOfOther(response, validator)) {
    response.body.destroy();
    await part.restart(undefined);
    throw new ConnectionLost(file.url.host, 'it has another file now');
  }
  const total = totalOf(response, goesOn ? part.length : 0) ?? file.size;
  const body = pieces(response, file, http);
  try {
    // Before anything is thrown away: it may be a web page that answers, and not the server.
    const head = goesOn ? undefined : await headOf(body, response, file, part.length > 0);
    requireSameSize(file, total);
    if (head !== undefined) await part.restart(validatorOf(response));
    await part.requireRoom((total ?? 0) - part.length + bytesAhead);
    onBytes?.(part.length, total);
    const append = async (bytes: Uint8Array): Promise<void> => {
      if (total !== undefined && part.length + bytes.length > total) throw tooLong(file, total);
      await part.append(bytes);
      onBytes?.(part.length, total);
    };
    if (head !== undefined) await append(head);
    for await (const bytes of body) await append(bytes);
  } finally {
    response.body.destroy();
  }
  if (total !== undefined && part.length < total) throw new ConnectionLost(file.url.host, 'it sent less than it promised');
}

/** The body, its breaks told apart from those of the disk. */
async function* pieces({ body }: DownloadResponse, file: RemoteFile, http: DownloadHttp): AsyncGenerator<Uint8Array, void> {
  const source: AsyncIterator<Uint8Array> = body[Symbol.asyncIterator]();
  for (;;) {
    let step: IteratorResult<Uint8Array>;
    try {
      step = await source.next();
    } catch (error) {
      throw http.lost(file.url.host, error);
    }
    if (step.done === true) return;
    yield step.value;
  }
}

/** The first pieces, which begin as a GGUF file does: a web page is known before it fills the disk. */
async function headOf(
  body: AsyncGenerator<Uint8Array, void>,
  response: DownloadResponse,
  { url }: RemoteFile,
  isSomethingKept: boolean,
): Promise<Buffer> {
  let head = Buffer.alloc(0);
  while (head.length < magic.length) {
    const step = await body.next();
    if (step.done === true) break;
    head = Buffer.concat([head, step.value]);
  }
  if (head.subarray(0, magic.length).equals(magic)) return head;
  const kind = /html/iu.test(response.header('content-type') ?? '') ? 'a web page' : 'something else';
  const rest = isSomethingKept ? ' What came before is kept.' : '';
  throw new OtherAnswer('model-invalid', `What ${url.origin}${url.pathname} sends is no GGUF file but ${kind}.${rest}`);
}

function requireSameSize({ size, url }: RemoteFile, total: number | undefined): void {
  if (size === undefined || total === undefined || size === total) return;
  throw new StartError(
    'model-invalid',
    `The file ${url.origin}${url.pathname} has ${total} bytes where its repository lists ${size}: one of them is damaged.`,
  );
}

function tooLong({ url }: RemoteFile, total: number): StartError {
  return new StartError('model-invalid', `${url.origin}${url.pathname} sends more than the ${total} bytes that the file has.`);
}

/** Size, checksum and structure, before the file has a name. */
async function requireTrue({ file, module, target }: FileDownload, part: PartFile): Promise<void> {
  if (file.sha256 !== undefined && (await part.sha256()) !== file.sha256) {
    throw new StartError(
      'model-invalid',
      `The download of ${file.name} does not have the checksum that its repository lists. It was deleted; try again.`,
    );
  }
  await requireWholeFile(module, part.path, target);
}

function rangeStart(response: DownloadResponse): number | undefined {
  const start = /^bytes (\d+)-/u.exec(response.header('content-range') ?? '')?.[1];
  return start === undefined ? undefined : Number(start);
}

function totalOf(response: DownloadResponse, held: number): number | undefined {
  const all = /\/(\d+)$/u.exec(response.header('content-range') ?? '')?.[1];
  if (all !== undefined) return Number(all);
  const length = response.header('content-length');
  return length === undefined ? undefined : held + Number(length);
}

/** Whether a part belongs to a file that is not the one of the validator. Servers that do not know If-Range send it all the same. */
function isOfOther(response: DownloadResponse, validator: string | undefined): boolean {
  if (validator === undefined) return false;
  const now = response.header(validator.startsWith('"') ? 'etag' : 'last-modified');
  return now !== undefined && now !== validator;
}

/** A weak ETag does not promise the same bytes. */
function validatorOf(response: DownloadResponse): string | undefined {
  const etag = response.header('etag');
  return etag !== undefined && !etag.startsWith('W/') ? etag : response.header('last-modified');
}
