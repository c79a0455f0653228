import { closeSync, openSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { u32, u64 } from './gguf-bytes.fixture.ts';
import { headFault, type HeadFault } from './gguf-head.ts';

function head(tensors: number, keys: number, ...rest: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from('GGUF'), u32(3), u64(tensors), u64(keys), ...rest]);
}

/** One key, whose value is a list in a list and so on, the innermost of one byte. */
function nested(depth: number): Buffer {
  const lists = Array.from({ length: depth }, (_, index) => [u32(index === depth - 1 ? 0 : 9), u64(1)]).flat();
  return head(0, 1, u64(1), Buffer.from('k'), u32(9), ...lists, Buffer.from([7]));
}

/** One tensor with so many sizes, all of which are there. */
function shaped(dimensions: number): Buffer {
  const sizes = Array.from({ length: dimensions }, () => u64(1));
  return head(1, 0, u64(1), Buffer.from('t'), u32(dimensions), ...sizes, u32(0), u64(0));
}

test.each<[title: string, bytes: Buffer, fault: HeadFault | undefined]>([
  ['lists in lists, four deep', nested(4), undefined],
  ['lists in lists, five deep', nested(5), 'damaged'],
  ['a tensor of four dimensions', shaped(4), undefined],
  ['a tensor of five', shaped(5), 'damaged'],
])('%s', async (_title, bytes, fault) => {
  const folder = await mkdtemp(join(tmpdir(), 'gguf-head-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'm.gguf');
  await writeFile(path, bytes);
  const descriptor = openSync(path, 'r');
  onTestFinished(() => closeSync(descriptor));
  expect(headFault(descriptor, bytes.length)).toBe(fault);
});
