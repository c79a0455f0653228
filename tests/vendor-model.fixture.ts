/**
 * Whole models that need no download: a vendor's vocabulary and chat template, with small random weights. They write rubbish, but the engine
 * reads their tokens, and holds them to grammars, like those of any model. Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */
import { writeFile } from 'node:fs/promises';
import { readGgufFileInfo } from 'node-llama-cpp';

export interface VendorModel {
  /** A GGUF file without weights. */
  readonly vocabulary: string;
  readonly template: string;
  /** Other texts for reserved tokens, as later models of the vendor have them: they become user-defined. */
  readonly renamed?: Readonly<Record<number, string>>;
  /** The token that ends a turn. Default: the vocabulary's. */
  readonly endOfTurn?: number;
}

const [uint32, int32, float32, bool, string, array] = [4, 5, 6, 7, 8, 9];
const userDefined = 4;
const [f32, q8] = [0, 8];
const width = 64;
const headWidth = 32;
const alignment = 32;

export async function writeVendorModel(path: string, model: VendorModel): Promise<void> {
  const { metadata } = await readGgufFileInfo(model.vocabulary, { sourceType: 'filesystem', logWarnings: false });
  const { renamed = {} } = model;
  const ggml = {
    ...metadata.tokenizer.ggml,
    tokens: metadata.tokenizer.ggml.tokens.map((token, id) => renamed[id] ?? token),
    token_type: metadata.tokenizer.ggml.token_type?.map((kind, id) => (renamed[id] === undefined ? kind : userDefined)),
    ...(model.endOfTurn === undefined ? {} : { eos_token_id: model.endOfTurn }),
  };
  const entries = [
    entry('general.architecture', 'llama'),
    ...Object.entries(sizes(ggml.tokens.length)).map(([key, value]) => entry(`llama.${key}`, value)),
    Buffer.concat([written('llama.attention.layer_norm_rms_epsilon'), u32(float32), float(1e-5)]),
    entry('tokenizer.chat_template', model.template),
    ...Object.entries(ggml).map(([key, value]) => entry(`tokenizer.ggml.${key}`, value)),
  ];
  const tensors = weights(ggml.tokens.length);
  let offset = 0;
  const infos = tensors.map(({ name, shape, type, data }) => {
    const info = Buffer.concat([written(name), u32(shape.length), ...shape.map(u64), u32(type), u64(offset)]);
    offset += padded(data).length;
    return info;
  });
  const head = [Buffer.from('GGUF'), u32(3), u64(tensors.length), u64(entries.length), ...entries, ...infos];
  await writeFile(path, Buffer.concat([padded(Buffer.concat(head)), ...tensors.map(({ data }) => padded(data))]));
}

function sizes(tokens: number): Record<string, number> {
  return {
    context_length: 4096,
    embedding_length: width,
    block_count: 1,
    feed_forward_length: width,
    'attention.head_count': width / headWidth,
    'attention.head_count_kv': 1,
    'rope.dimension_count': headWidth,
    vocab_size: tokens,
  };
}

interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: number;
  readonly data: Buffer;
}

function weights(tokens: number): readonly Tensor[] {
  const random = (name: string, columns: number, rows: number, seed: number): Tensor => {
    return { name: `${name}.weight`, shape: [columns, rows], type: q8, data: randomBlocks((columns * rows) / 32, seed) };
  };
  const ones = (name: string): Tensor => {
    return { name: `${name}.weight`, shape: [width], type: f32, data: Buffer.from(new Float32Array(width).fill(1).buffer) };
  };
  return [
    random('token_embd', width, tokens, 1),
    random('output', width, tokens, 2),
    ones('output_norm'),
    ones('blk.0.attn_norm'),
    random('blk.0.attn_q', width, width, 3),
    random('blk.0.attn_k', width, headWidth, 4),
    random('blk.0.attn_v', width, headWidth, 5),
    random('blk.0.attn_output', width, width, 6),
    ones('blk.0.ffn_norm'),
    random('blk.0.ffn_gate', width, width, 7),
    random('blk.0.ffn_up', width, width, 8),
    random('blk.0.ffn_down', width, width, 9),
  ];
}

/** Blocks of Q8_0: a half-precision scale, here 1/256, and 32 numbers of one byte, from xorshift32. */
function randomBlocks(blocks: number, seed: number): Buffer {
  const bytes = Buffer.alloc(blocks * 34);
  let state = seed * 0x9e_37_79_b1;
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes.writeInt32LE(state, at);
  }
  for (let block = 0; block < blocks; block += 1) bytes.writeUInt16LE(0x1c_00, block * 34);
  return bytes;
}

function entry(key: string, value: unknown): Buffer {
  return Buffer.concat([written(key), valued(key, value)]);
}

function valued(key: string, value: unknown): Buffer {
  if (typeof value === 'string') return Buffer.concat([u32(string), written(value)]);
  if (typeof value === 'boolean') return Buffer.concat([u32(bool), Buffer.from([Number(value)])]);
  if (typeof value === 'number') return Buffer.concat([u32(uint32), u32(value)]);
  if (!Array.isArray(value)) throw new TypeError(`${key} is of a kind that is not written here`);
  const items: readonly unknown[] = value;
  const head = (type: number): Buffer => Buffer.concat([u32(array), u32(type), u64(items.length)]);
  if (key.endsWith('.scores')) return Buffer.concat([head(float32), Buffer.from(Float32Array.from(items, Number).buffer)]);
  if (key.endsWith('.token_type')) return Buffer.concat([head(int32), Buffer.from(Int32Array.from(items, Number).buffer)]);
  return Buffer.concat([head(string), ...items.map((item) => written(String(item)))]);
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((alignment - (bytes.length % alignment)) % alignment)]);
}

function written(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.concat([u64(bytes.length), bytes]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function float(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}
