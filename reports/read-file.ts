/** Reads files that people name: within bounds, as a device or a pipe may never end, and whatever an editor put before the text. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Bytes that are read at a time. */
const pieceBytes = 1024 * 1024;

/** Settings, lists of known failures, keys and certificates: none of them is nearly as long. */
const mostTextBytes = 16 * 1024 * 1024;

export const utf16Reason = 'it is UTF-16; save it as UTF-8';

/** What is read goes on after the bytes that are allowed. */
export class TooLongError extends Error {
  override readonly name = 'TooLongError';

  constructor(mostBytes: number) {
    super(`it has more than ${Math.round(mostBytes / 1e6)} MB`);
  }
}

/** A buffer of its own each time: who takes one may keep it. @throws TooLongError, errors of the system */
export function* filePieces(path: string, mostBytes: number): Generator<Buffer> {
  const file = openSync(path, 'r');
  try {
    if (fstatSync(file).size > mostBytes) throw new TooLongError(mostBytes);
    for (let left = mostBytes; ;) {
      const bytes = Buffer.allocUnsafe(pieceBytes);
      const length = readSync(file, bytes);
      if (length === 0) return;
      left -= length;
      // A pipe says no size before.
      if (left < 0) throw new TooLongError(mostBytes);
      // Short reads of a pipe would keep a megabyte each.
      yield length === pieceBytes ? bytes : Buffer.from(bytes.subarray(0, length));
    }
  } finally {
    closeSync(file);
  }
}

/** What is piped in. @throws TooLongError where it goes on. */
export async function streamPieces(stream: AsyncIterable<Buffer>, mostBytes: number): Promise<readonly Buffer[]> {
  const pieces: Buffer[] = [];
  let left = mostBytes;
  for await (const piece of stream) {
    left -= piece.length;
    if (left < 0) throw new TooLongError(mostBytes);
    pieces.push(piece);
  }
  return pieces;
}

/** The text of a short file, without the byte order mark that editors on Windows write. @throws Error whose `systemReason` is for the user. */
export function readText(path: string): string {
  const bytes = Buffer.concat([...filePieces(path, mostTextBytes)]);
  if (isUtf16(bytes)) throw new Error(utf16Reason);
  return bytes.toString().replace(/^\uFEFF/, '');
}

/** By its byte order mark. `curl > file` in PowerShell 5 makes such files. */
export function isUtf16(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}
