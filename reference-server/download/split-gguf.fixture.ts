/** Splits a GGUF file in two as llama.cpp's `gguf-split` does: the metadata in the first part, the tensors shared out. */
import { readGgufFileInfo } from 'node-llama-cpp';

const alignment = 32;

export async function splitInTwo(path: string, whole: Buffer): Promise<readonly [Buffer, Buffer]> {
  const info = await readGgufFileInfo(path, { sourceType: 'filesystem', logWarnings: false });
  const tensors = info.tensorInfo ?? [];
  const infoStart = whole.indexOf(text(tensors[0]?.name ?? ''));
  const infoEnd = info.infoEndOffset ?? 0;
  const dataStart = aligned(infoEnd);
  const keys = whole.subarray(24, infoStart);
  const keyCount = Number(whole.readBigUInt64LE(16));
  const offsets = tensors.map(({ fileOffset }) => Number(fileOffset));
  const middle = Math.floor(tensors.length / 2);

  const part = (no: number, from: number, to: number): Buffer => {
    const split = [number('split.no', 2, no), number('split.count', 2, 2), number('split.tensors.count', 5, tensors.length)];
    const start = offsets[from] ?? dataStart;
    const end = offsets[to] ?? whole.length;
    // What is there of each tensor, with its offset counted from the part's own data.
    const infos = tensors.slice(from, to).map((tensor, index) => {
      const at = whole.indexOf(text(tensor.name), infoStart);
      const bytes = Buffer.from(whole.subarray(at, at + text(tensor.name).length + 4 + tensor.dimensions.length * 8 + 4 + 8));
      bytes.writeBigUInt64LE(BigInt((offsets[from + index] ?? 0) - start), bytes.length - 8);
      return bytes;
    });
    const count = no === 0 ? keyCount + split.length : split.length;
    const head = Buffer.concat([header(to - from, count), ...(no === 0 ? [keys] : []), ...split, ...infos]);
    return Buffer.concat([head, Buffer.alloc(aligned(head.length) - head.length), whole.subarray(start, end)]);
  };
  return [part(0, 0, middle), part(1, middle, tensors.length)];
}

function aligned(offset: number): number {
  return Math.ceil(offset / alignment) * alignment;
}

function header(tensors: number, keys: number): Buffer {
  const bytes = Buffer.alloc(24);
  bytes.write('GGUF');
  bytes.writeUInt32LE(3, 4);
  bytes.writeBigUInt64LE(BigInt(tensors), 8);
  bytes.writeBigUInt64LE(BigInt(keys), 16);
  return bytes;
}

function text(value: string): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(Buffer.byteLength(value)));
  return Buffer.concat([bytes, Buffer.from(value)]);
}

/** A key of type 2 (uint16) or 5 (int32). */
function number(key: string, type: 2 | 5, value: number): Buffer {
  const bytes = Buffer.alloc(type === 2 ? 6 : 8);
  bytes.writeUInt32LE(type);
  if (type === 2) bytes.writeUInt16LE(value, 4);
  else bytes.writeInt32LE(value, 4);
  return Buffer.concat([text(key), bytes]);
}
