// Our syntax against what node-llama-cpp's chat wrappers say of the same models, where they say it.
import {
  type ChatWrapper,
  DeepSeekChatWrapper,
  GemmaChatWrapper,
  GeneralChatWrapper,
  HarmonyChatWrapper,
  Llama3_1ChatWrapper,
  Llama3_2LightweightChatWrapper,
  MistralChatWrapper,
  QwenChatWrapper,
  SpecialToken,
} from 'node-llama-cpp';
import { expect, test } from 'vitest';
import { deepseekFenced } from './deepseek.ts';
import type { CallSyntax } from './family.ts';
import { harmony } from './harmony.ts';
import { hermes } from './hermes.ts';
import { llama } from './llama.ts';
import { mistralList } from './mistral.ts';
import { thinkingIn } from './thinking.ts';

/** Text of a `LlamaText`: a string, or a list of strings and pieces with a value. Tokens that every vocabulary names in its own way are left out: they end replies. */
function plainText(text: unknown): string {
  if (typeof text === 'string') return text;
  if (Array.isArray(text)) return text.map(plainText).join('');
  if (typeof text !== 'object' || text === null || text instanceof SpecialToken) return '';
  if ('values' in text) return plainText(text.values);
  return 'value' in text ? plainText(text.value) : '';
}

interface Reported {
  /** Before the first name of a reply. */
  readonly prefix: string;
  readonly afterName: string;
  readonly between: string;
  /** After the last call. */
  readonly suffix: string;
}

function reported({ settings }: ChatWrapper): Reported {
  const { call, parallelism } = settings.functions;
  const section = parallelism?.call;
  return {
    prefix: plainText(section?.sectionPrefix) + plainText(call.prefix),
    afterName: plainText(call.paramsPrefix),
    between: plainText(call.suffix) + plainText(section?.betweenCalls ?? '') + plainText(call.prefix),
    suffix: plainText(call.suffix) + plainText(section?.sectionSuffix),
  };
}

const thought = ({ settings }: ChatWrapper): readonly string[] =>
  [settings.segments?.thought?.prefix, settings.segments?.thought?.suffix].map((text) => plainText(text).trim());

/** What ends the whole reply comes after what we call the suffix. */
test.each<[string, ChatWrapper, CallSyntax, rest: string]>([
  ['Qwen', new QwenChatWrapper(), hermes.calls, '<|im_end|>\n'],
  ['Llama 3.2', new Llama3_2LightweightChatWrapper(), llama.calls, '<|eot_id|>'],
  ['Mistral', new MistralChatWrapper(), mistralList.calls, ''],
  [
    'DeepSeek',
    new DeepSeekChatWrapper({ functionCallingSyntax: 'original', parallelFunctionCalling: true }),
    deepseekFenced.calls,
    '<｜tool▁calls▁end｜><｜end▁of▁sentence｜>',
  ],
])('calls of %s are written as its wrapper writes them', (_title, wrapper, calls, rest) => {
  const { prefix, afterName, suffix } = reported(wrapper);
  expect({ prefix, afterName, suffix }).toEqual({ prefix: calls.prefix, afterName: calls.afterName, suffix: `${calls.suffix}${rest}` });
});

test('calls of one Mistral list are parted as the wrapper parts them', () => {
  expect(reported(new MistralChatWrapper()).between).toBe(mistralList.calls.between);
});

test('the wrapper of gpt-oss agrees on everything but the channel, which it gets from elsewhere, and a space that models write', () => {
  const { prefix, afterName, suffix } = reported(new HarmonyChatWrapper());
  expect(harmony.calls.prefix).toBe(`<|channel|>commentary${prefix}`);
  expect(harmony.calls.afterName).toBe(` ${afterName}`);
  expect(harmony.ends).toContain(suffix);
});

test.each<[string, ChatWrapper, { readonly open: string; readonly close: string } | undefined]>([
  ['Qwen', new QwenChatWrapper(), thinkingIn('</think>')],
  ['DeepSeek', new DeepSeekChatWrapper(), thinkingIn('</think>')],
  ['gpt-oss', new HarmonyChatWrapper(), harmony.thinking],
])('thinking of %s is marked as its wrapper marks it', (_title, wrapper, syntax) => {
  expect(thought(wrapper)).toEqual([syntax?.open, syntax?.close]);
});

test('for Llama 3.1 the wrapper asks for a form of its own, not for the one that the template teaches', () => {
  expect(reported(new Llama3_1ChatWrapper()).prefix).toBe('<function=');
});

test('Gemma has no wrapper syntax of its own: it gets that of every model without one', () => {
  expect(reported(new GemmaChatWrapper())).toEqual(reported(new GeneralChatWrapper()));
});
