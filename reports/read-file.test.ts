import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, expect, test } from 'vitest';
import { filePieces, readText, streamPieces } from './read-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'conformance-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(content: string | Buffer): string {
  const path = join(folder, 'file');
  writeFileSync(path, content);
  return path;
}

test('no more is read than is allowed, and all of what is', () => {
  expect(Buffer.concat([...filePieces(fileOf('12345'), 5)]).toString()).toBe('12345');
  expect(() => [...filePieces(fileOf('12345'), 4)]).toThrow('it has more than 0 MB');
});

test.skipIf(process.platform === 'win32')('a device that never ends is given up', () => {
  expect(() => readText('/dev/zero')).toThrow('it has more than 17 MB');
});

test('so is a pipe that never ends', async () => {
  await expect(streamPieces(endless(), 1000)).rejects.toThrow('it has more than 0 MB');
  expect(Buffer.concat([...(await streamPieces(Readable.from([Buffer.from('ab'), Buffer.from('c')]), 3))]).toString()).toBe('abc');

  async function* endless(): AsyncGenerator<Buffer> {
    for (;;) yield Buffer.alloc(64);
  }
});

test('a byte order mark is no text; UTF-16 is none that is read', () => {
  expect(readText(fileOf('\uFEFF{}'))).toBe('{}');
  expect(() => readText(fileOf(Buffer.from('\uFEFF{}', 'utf16le')))).toThrow('it is UTF-16; save it as UTF-8');
  expect(() => readText(fileOf(Buffer.from('\uFEFF{}', 'utf16le').swap16()))).toThrow('it is UTF-16; save it as UTF-8');
});
