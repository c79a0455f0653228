/** A model file, loaded: its context, tokenizer, chat template and family. */
import { basename } from 'node:path';
import type { GgufFileInfo, LlamaContext, LlamaContextOptions, LlamaModel, Token } from 'node-llama-cpp';
import { messageOf } from '../spec/as-text.ts';
import { type Engine, loadEngine, requireGpu, takeWords } from './engine.ts';
import { chooseFamily } from './families/choose-family.ts';
import type { Family } from './families/family.ts';
import { readModelFile } from './gguf-file.ts';
import { GrammarCache } from './grammar-cache.ts';
import type { GrammarLimits } from './grammar/json-rules.ts';
import { bundledModelPath } from './package-root.ts';
import { type ChatTemplate, compileChatTemplate } from './prompt/chat-template.ts';
import { type TemplateTraits, templateTraits } from './prompt/template-traits.ts';
import { createVocabulary, type Vocabulary } from './prompt/vocabulary.ts';
import { StartError } from './start-error.ts';

export interface ModelOptions {
  /** A GGUF file. Default: the bundled model. */
  readonly path?: string;
  /** Tokens that prompt and answer may fill together. Default: what the model was trained on, at most 32,768. */
  readonly contextSize?: number;
  /** CPU threads. Default: one for the bundled model, all cores but one for others, second threads of a core not counted. More than the free cores is very slow. */
  readonly threads?: number;
  /** Requests that generate at the same time; each takes the memory of a whole context. Default 4 for the bundled model, 1 for others. */
  readonly sequences?: number;
  /**
   * Layers of the model that a GPU computes. Default: none for the bundled model; for others as many as fit, where node-llama-cpp has a
   * binary for the GPU.
   */
  readonly gpuLayers?: number | 'max';
}

/** Where a reply ends that the model itself does not end, in tokens. A call or a format that has begun is written to its end. */
export interface ReplyLimits {
  readonly thinking: number;
  readonly reply: number;
}

export interface LoadedModel extends AsyncDisposable {
  readonly engine: Engine;
  readonly llama: LlamaModel;
  readonly context: LlamaContext;
  readonly file: GgufFileInfo;
  readonly path: string;
  /** Most tokens of prompt and answer together. The context is somewhat larger, so that nothing is ever shifted out of it. */
  readonly window: number;
  readonly vocabulary: Vocabulary;
  readonly template: ChatTemplate;
  readonly family: Family;
  readonly traits: TemplateTraits;
  /** What bounds the strings and lists of its tool calls where their schema does not. */
  readonly grammarLimits: GrammarLimits;
  readonly replyLimits: ReplyLimits;
  readonly grammars: GrammarCache;
}

const largestDefaultWindow = 32_768;
/** Room for marks that the server writes itself when the window is full. */
const slack = 256;
/** As large as a prefill chunk: what a batch may hold costs memory in proportion to the context. */
const batchSize = 256;
/** Some 80 MB each. */
const bundledSequences = 4;
/**
 * Its heads have 32 numbers. With AVX-512, ggml takes F16 vectors 64 numbers at a time and the rest one by one, so F16 keys are never
 * vectorised; blocks of Q8_0 have 32. Measured on such a machine: a prompt of 26,600 tokens in 34 s instead of 55, and a token after
 * 8,000 others in 3 ms instead of 13. Values of BF16 are faster than F16 where there are instructions for them, and not slower with AVX2.
 * Flash attention reads as fast, but writes three times slower.
 */
const bundledAttention: Omit<LlamaContextOptions, 'contextSize'> = {
  flashAttention: false,
  experimentalKvCacheKeyType: 'Q8_0',
  experimentalKvCacheValueType: process.arch === 'x64' ? 'BF16' : 'F16',
};
/**
 * The bundled model, forced to call a tool that has nothing to do with the prompt, would repeat itself until `max_tokens`: strings of
 * its calls end here at the latest. Other models have no such bounds.
 */
const bundledLimits: GrammarLimits = { characters: 160, items: 6 };
/**
 * The bundled model never wrote more than some 200 tokens at a time while it was trained. After a prompt that is much longer than those, such
 * as Claude Code's, it would think or talk until the window is full, and its client take that for an answer cut short, and ask again.
 */
const bundledReplyLimits: ReplyLimits = { thinking: 128, reply: 640 };
const noReplyLimits: ReplyLimits = { thinking: Number.POSITIVE_INFINITY, reply: Number.POSITIVE_INFINITY };
/** `tokenizer.ggml.token_type` of tokens that are more than their text. */
const specialKinds: ReadonlySet<unknown> = new Set([3, 4]);

/** Loads a model. @throws StartError where engine or file cannot be used. */
export async function loadModel(options: ModelOptions = {}): Promise<LoadedModel> {
  const path = options.path ?? bundledModelPath;
  const isBundled = path === bundledModelPath;
  const gpuLayers = options.gpuLayers ?? (isBundled ? 0 : 'auto');
  const engine = await loadEngine(options.threads ?? (isBundled ? 1 : undefined), gpuLayers !== 0);
  if (options.gpuLayers !== undefined && options.gpuLayers !== 0) requireGpu(engine.llama.gpu);
  const file = await readModelFile(engine, path);
  const source = chatTemplateOf(file, path);
  const llama = await load(engine, path, gpuLayers);
  const window = Math.min(options.contextSize ?? largestDefaultWindow, llama.trainContextSize);
  const context = await createContext(path, llama, {
    contextSize: window + slack,
    threads: engine.threads,
    sequences: options.sequences ?? (isBundled ? bundledSequences : 1),
    batchSize,
    ...(isBundled ? bundledAttention : {}),
  });
  const template = compile(source, llama, path);
  const family = chooseFamily(source);
  return {
    engine,
    llama,
    context,
    // The engine's own reading: of a large vocabulary, two would be some 100 MB.
    file: llama.fileInfo,
    path,
    window,
    vocabulary: createVocabulary({
      tokenizePlain: (text) => plainTokens(llama, text),
      special: specialTokens(llama),
      bos: llama.tokens.shouldPrependBosToken ? (llama.tokens.bos ?? undefined) : undefined,
      swallows: (token) => llama.getTokenAttributes(token).rstrip,
    }),
    template,
    family,
    traits: templateTraits(template, family),
    grammars: new GrammarCache(engine.llama),
    grammarLimits: isBundled ? bundledLimits : {},
    replyLimits: isBundled ? bundledReplyLimits : noReplyLimits,
    [Symbol.asyncDispose]: async () => {
      await context.dispose();
      await llama.dispose();
    },
  };
}

/** The name that a model goes by where none was given: its file's name without the ending. */
export function modelName(path: string): string {
  return basename(path).replace(/\.gguf$/iu, '');
}

function chatTemplateOf(file: GgufFileInfo, path: string): string {
  const template: unknown = file.metadata.tokenizer?.chat_template;
  if (typeof template === 'string' && template.trim() !== '') return template;
  throw new StartError('model-unsupported', `The GGUF file ${path} has no chat template (tokenizer.chat_template): it is no chat model.`);
}

async function load(engine: Engine, path: string, gpuLayers: number | 'max' | 'auto'): Promise<LlamaModel> {
  // They would be of another model.
  takeWords();
  try {
    return await engine.llama.loadModel({ modelPath: path, gpuLayers });
  } catch (error) {
    const reason = takeWords() ?? firstLine(error);
    throw new StartError('model-invalid', `The model ${path} cannot be loaded: ${reason.replace(/\.$/u, '')}.`, error);
  }
}

async function createContext(
  path: string,
  llama: LlamaModel,
  options: LlamaContextOptions & { readonly contextSize: number },
): Promise<LlamaContext> {
  try {
    return await llama.createContext(options);
  } catch (error) {
    const failure = `The model ${path} cannot have a context of ${options.contextSize} tokens: ${firstLine(error)}`;
    throw new StartError('model-unsupported', `${failure}. A smaller context size may help.`, error);
  }
}

function compile(source: string, llama: LlamaModel, path: string): ChatTemplate {
  try {
    return compileChatTemplate(source, { bos: llama.tokens.bosString ?? '', eos: llama.tokens.eosString ?? '' });
  } catch (error) {
    throw new StartError('model-unsupported', `The chat template of ${path} cannot be read: ${firstLine(error)}.`, error);
  }
}

function specialTokens(llama: LlamaModel): Map<string, Token> {
  const { tokens, token_type: kinds } = llama.fileInfo.metadata.tokenizer.ggml;
  const special = new Map<string, Token>();
  for (const [id, kind] of (kinds ?? []).entries()) {
    const text = tokens[id];
    if (!specialKinds.has(kind) || text === undefined || text === '') continue;
    const [token, ...others] = llama.tokenize(text, true);
    if (token !== undefined && others.length === 0) special.set(text, token);
  }
  return special;
}

function plainTokens(llama: LlamaModel, text: string): Token[] {
  return llama.tokenize(text, false);
}

function firstLine(error: unknown): string {
  const text = messageOf(error);
  return (text.split('\n', 1)[0] ?? '').replace(/\.$/u, '');
}
