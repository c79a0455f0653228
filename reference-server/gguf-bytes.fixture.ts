/** Numbers and texts as a GGUF file has them, and the bundled model's file with values changed. */
import { readFile } from 'node:fs/promises';
import { bundledModelPath } from './package-root.ts';

export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

export function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

/** A text with its length before it. */
export function ggufText(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.concat([u64(bytes.length), bytes]);
}

export function float32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}

/** A copy of a file in which a number of four bytes is another one. */
export function withValue(file: Buffer, key: string, value: Buffer): Buffer {
  const bytes = Buffer.from(file);
  const at = bytes.indexOf(ggufText(key));
  if (at < 0) throw new Error(`The file has no ${key}.`);
  // Behind the key stands the type of its value.
  value.copy(bytes, at + 8 + key.length + 4);
  return bytes;
}

/** A copy of a file in which a tensor is said to be of another type or size. */
export function withTensor(file: Buffer, name: string, change: { readonly type?: number; readonly size?: number }): Buffer {
  const bytes = Buffer.from(file);
  const from = bytes.indexOf(ggufText(name));
  if (from < 0) throw new Error(`The file has no tensor ${name}.`);
  const at = from + 8 + name.length;
  const dimensions = bytes.readUInt32LE(at);
  if (change.size !== undefined) bytes.writeBigUInt64LE(BigInt(change.size), at + 4);
  if (change.type !== undefined) bytes.writeUInt32LE(change.type, at + 4 + 8 * dimensions);
  return bytes;
}

export function bundledModel(): Promise<Buffer> {
  return readFile(bundledModelPath);
}
