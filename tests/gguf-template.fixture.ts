/** A GGUF file with another chat template than it had. */
import { readFile } from 'node:fs/promises';
import { readGgufFileInfo } from 'node-llama-cpp';

const alignment = 32;
const key = 'tokenizer.chat_template';

export async function withTemplate(path: string, change: (template: string) => string): Promise<Buffer> {
  const whole = await readFile(path);
  const {
    metadataSize,
    tensorInfoSize = 0,
    infoEndOffset = 0,
  } = await readGgufFileInfo(path, { sourceType: 'filesystem', logWarnings: false });
  const at = whole.indexOf(key) + key.length + 4;
  const length = Number(whole.readBigUInt64LE(at));
  const template = Buffer.from(change(whole.toString('utf8', at + 8, at + 8 + length)));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(template.length));
  const rest = whole.subarray(at + 8 + length, metadataSize + tensorInfoSize);
  const head = Buffer.concat([whole.subarray(0, at), size, template, rest]);
  // The tensors begin at a round number, counted from which they keep their places.
  return Buffer.concat([head, Buffer.alloc((alignment - (head.length % alignment)) % alignment), whole.subarray(infoEndOffset)]);
}
