/**
 * The bundled weights in the dress of another family: its template, its special tokens. What such a model says makes no sense, but the engine
 * reads its vocabulary and holds it to grammars like any other.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ggufText, u32, u64 } from '../gguf-bytes.fixture.ts';
import { bundledModelPath } from '../package-root.ts';
import { type TemplateName, templates } from './templates.fixture.ts';

/** Both of its forms are written with the same tokens. */
const deepseek = {
  '<|im_start|>': '<｜User｜>',
  '</tools>': '<｜Assistant｜>',
  '<|im_end|>': '<｜end▁of▁sentence｜>',
  '<tools>': '<｜tool▁calls▁begin｜>',
  '</tool_response>': '<｜tool▁calls▁end｜>',
  '<tool_call>': '<｜tool▁call▁begin｜>',
  '</tool_call>': '<｜tool▁call▁end｜>',
  '<tool_response>': '<｜tool▁sep｜>',
  '<think>': '<think>',
  '</think>': '</think>',
};

const chat = { '<|im_start|>': '<|im_start|>', '<|im_end|>': '<|im_end|>', '<think>': '<think>', '</think>': '</think>' };
const hermesCalls = { '<tool_call>': '<tool_call>', '</tool_call>': '</tool_call>' };
/** The marks of arguments are tokens as well. */
const glm = {
  ...chat,
  ...hermesCalls,
  '<tool_response>': '<arg_key>',
  '</tool_response>': '</arg_key>',
  '<tools>': '<arg_value>',
  '</tools>': '</arg_value>',
};

/** What becomes of the special tokens of the bundled model. What is not named gets a name that nobody uses. `<|im_end|>` ends replies. */
const renamed: Readonly<Record<TemplateName, Readonly<Record<string, string>>>> = {
  hermes: {},
  llama: {
    '<|im_start|>': '<|start_header_id|>',
    '<tools>': '<|end_header_id|>',
    '<|im_end|>': '<|eot_id|>',
    '<tool_call>': '<|python_tag|>',
  },
  mistralList: { '<|im_start|>': '[INST]', '</tools>': '[/INST]', '<|im_end|>': '</s>', '<tool_call>': '[TOOL_CALLS]' },
  mistralNamed: {
    '<|im_start|>': '[INST]',
    '</tools>': '[/INST]',
    '<|im_end|>': '</s>',
    '<tool_call>': '[TOOL_CALLS]',
    '<tools>': '[ARGS]',
  },
  deepseekFenced: deepseek,
  deepseek,
  harmony: {
    '<|im_start|>': '<|start|>',
    '<|im_end|>': '<|return|>',
    '<tool_call>': '<|call|>',
    '</tool_call>': '<|end|>',
    '<think>': '<|channel|>',
    '</think>': '<|message|>',
    '<tools>': '<|constrain|>',
  },
  gemma4: {
    '<|im_start|>': '<|turn>',
    '<|im_end|>': '<turn|>',
    '<tool_call>': '<|tool_call>',
    '</tool_call>': '<tool_call|>',
    '<tool_response>': '<|tool_response>',
    '</tool_response>': '<|"|>',
    '<think>': '<|channel>',
    '</think>': '<channel|>',
  },
  qwenXml: { ...chat, ...hermesCalls },
  glm,
  glmLines: glm,
  minimax: { ...chat, '<tool_call>': '<minimax:tool_call>', '</tool_call>': '</minimax:tool_call>' },
  kimi: {
    ...chat,
    '<tool_call>': '<|tool_call_begin|>',
    '</tool_call>': '<|tool_call_end|>',
    '<tool_response>': '<|tool_calls_section_begin|>',
    '</tool_response>': '<|tool_calls_section_end|>',
    '<tools>': '<|tool_call_argument_begin|>',
  },
  gemma: { '<|im_start|>': '<start_of_turn>', '<|im_end|>': '<end_of_turn>' },
};

const special = /^<(?:\|[a-z_]+\||\/?(?:think|tool_call|tool_response|tools))>$/u;

/** A folder of its own with the file in it; disposing it removes both. */
export async function dressedModel(name: TemplateName): Promise<AsyncDisposable & { readonly path: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'dressed-'));
  const path = join(folder, `${name}.gguf`);
  await writeFile(path, dressed(await readFile(bundledModelPath), name));
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

function dressed(file: Buffer, name: TemplateName): Buffer {
  const names = renamed[name];
  const isDressed = name !== 'hermes';
  const rename = (token: string, index: number): string => names[token] ?? (isDressed && special.test(token) ? `<unused${index}>` : token);
  const reader = new GgufReader(file);
  const head = reader.take(4 + 4 + 8 + 8);
  const [tensors, entries] = [Number(head.readBigUInt64LE(8)), Number(head.readBigUInt64LE(16))];
  const parts: Buffer[] = [head];
  for (let entry = 0; entry < entries; entry += 1) {
    const key = reader.string();
    const value = reader.value();
    parts.push(ggufText(key));
    if (key === 'tokenizer.chat_template') parts.push(u32(8), ggufText(templates[name]));
    else if (key === 'tokenizer.ggml.tokens')
      parts.push(u32(9), u32(8), u64(value.strings.length), ...value.strings.map((token, index) => ggufText(rename(token, index))));
    else parts.push(value.raw);
  }
  const infosFrom = reader.at;
  for (let tensor = 0; tensor < tensors; tensor += 1) {
    reader.string();
    reader.take(8 * reader.take(4).readUInt32LE());
    reader.take(4 + 8);
  }
  parts.push(file.subarray(infosFrom, reader.at));
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([...parts, Buffer.alloc(aligned(length) - length), file.subarray(aligned(reader.at))]);
}

/** Bytes of the scalar types, by number. https://github.com/ggml-org/ggml/blob/master/docs/gguf.md */
const sizes: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 };

class GgufReader {
  readonly #file: Buffer;
  at = 0;

  constructor(file: Buffer) {
    this.#file = file;
  }

  take(bytes: number): Buffer {
    this.at += bytes;
    return this.#file.subarray(this.at - bytes, this.at);
  }

  string(): string {
    return this.take(Number(this.take(8).readBigUInt64LE())).toString('utf8');
  }

  value(): { readonly raw: Buffer; readonly strings: readonly string[] } {
    const from = this.at;
    const type = this.take(4).readUInt32LE();
    const isList = type === 9;
    const itemType = isList ? this.take(4).readUInt32LE() : type;
    const count = isList ? Number(this.take(8).readBigUInt64LE()) : 1;
    const strings: string[] = [];
    if (itemType === 8) for (let item = 0; item < count; item += 1) strings.push(this.string());
    else this.take(count * (sizes[itemType] ?? 0));
    return { raw: this.#file.subarray(from, this.at), strings };
  }
}

function aligned(length: number): number {
  return Math.ceil(length / 32) * 32;
}
