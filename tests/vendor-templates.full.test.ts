// Families and prompts against the chat templates that vendors publish, as far as llama.cpp collects them.
import { describe, expect, test } from 'vitest';
import { behindName } from '../reference-server/families/family.ts';
import { plannedFrom, type PlannedModel } from '../reference-server/families/planned.fixture.ts';
import { testTranscripts, type Transcript } from '../reference-server/families/transcript.fixture.ts';
import { compileChatTemplate } from '../reference-server/prompt/chat-template.ts';
import { planReply } from '../reference-server/prompt/reply-plan.ts';
import { type AnswerBlocks, writtenBy } from './vendor-round-trip.fixture.ts';
import { scenarios } from './vendor-scenarios.fixture.ts';
import { readVendorTemplates } from './vendor-templates.fixture.ts';

/** What of an answer with a call a template shows in the history, beside the call. */
type Shown = 'text' | 'thinking' | 'several calls';

interface Row {
  readonly family: string;
  /** The mark that opens thinking. */
  readonly thinking?: string;
  /** Only of families with a syntax of their own. */
  readonly shown?: readonly Shown[];
  /** White space in front of an answer that the template writes and no prompt ends with. */
  readonly lead?: string;
  /** What ends an answer, where it is no token of the family. */
  readonly ends?: readonly string[];
  /** The template writes a call in another form than that to which the server holds the model. */
  readonly isHeldOtherwise?: boolean;
  /** The template shows calls, but no tools, or not all. */
  readonly isToldByServer?: boolean;
  /** Words that the template leaves out, by scenario. */
  readonly lost?: Readonly<Record<string, readonly string[]>>;
}

const plain: Row = { family: 'plain' };
const plainThinking: Row = { family: 'plain', thinking: '<think>' };
const hermes: Row = { family: 'hermes', shown: ['text', 'several calls'] };
/** Its template fails on lists among the arguments, as @huggingface/jinja renders it. */
const hermesPro: Row = { family: 'hermes', shown: ['several calls'], isToldByServer: true };
const llama: Row = { family: 'llama', shown: [] };
const deepseekFenced: Row = { family: 'deepseek-fenced', thinking: '<think>', shown: ['several calls'], isToldByServer: true };
const everything: readonly Shown[] = ['text', 'thinking', 'several calls'];
const gemma: Row = { family: 'gemma', thinking: '<|channel>', shown: ['thinking', 'several calls'] };
const qwenXml: Row = { family: 'qwen-xml', shown: ['text', 'several calls'] };
const qwenXmlThinking: Row = { family: 'qwen-xml', thinking: '<think>', shown: everything };
const glmLines: Row = { family: 'glm-lines', thinking: '<think>', shown: everything };
const glm: Row = { family: 'glm', thinking: '<think>', shown: everything };
const granite: Row = { ...hermes, ends: ['<|end_of_text|>'] };

/** Mistral's templates: text beside a call goes where users and answers must take turns. */
const besideCall = { 'text beside a call': ['Let me see.'] };

const rows: Readonly<Record<string, Row>> = {
  'Apertus-8B-Instruct': plain,
  'Apriel-1.6-15b-Thinker-fixed': { family: 'plain', thinking: 'Here are my reasoning steps:' },
  'Bielik-11B-v3.0-Instruct': { family: 'hermes', thinking: '<think>', shown: everything },
  Cohere2MoE: { family: 'plain', thinking: '<|START_THINKING|>' },
  'CohereForAI-c4ai-command-r-plus-tool_use': plain,
  'CohereForAI-c4ai-command-r7b-12-2024-tool_use': { family: 'plain', thinking: '<|START_THINKING|>' },
  'GLM-4.6': { ...glmLines, lead: '\n' },
  'GLM-4.7-Flash': glm,
  'GigaChat3-10B-A1.8B': plain,
  'GigaChat3.1-10B-A1.8B': plain,
  'HuggingFaceTB-SmolLM3-3B': plainThinking,
  'Kimi-K2-Instruct': { family: 'kimi' },
  'Kimi-K2-Thinking': { family: 'kimi', thinking: '<think>' },
  'Kimi-K3': plain,
  'LFM2-8B-A1B': plain,
  'LFM2.5-8B-A1B': plainThinking,
  'LFM2.5-Instruct': plainThinking,
  'MiMo-VL': hermes,
  'MiniMax-M1': plain,
  'MiniMax-M2': { family: 'minimax', thinking: '<think>', shown: everything },
  'MiniMax-M3': { family: 'plain', thinking: '<mm:think>' },
  'Mistral-Small-3.2-24B-Instruct-2506': {
    family: 'mistral-named',
    shown: ['several calls'],
    isHeldOtherwise: true,
    lost: besideCall,
  },
  'NVIDIA-Nemotron-3-Nano-30B-A3B-BF16': qwenXmlThinking,
  'NVIDIA-Nemotron-Nano-v2': plainThinking,
  'NousResearch-Hermes-2-Pro-Llama-3-8B-tool_use': hermesPro,
  'NousResearch-Hermes-3-Llama-3.1-8B-tool_use': hermesPro,
  'Qwen-QwQ-32B': { ...hermes, thinking: '<think>' },
  'Qwen-Qwen2.5-7B-Instruct': hermes,
  'Qwen-Qwen3-0.6B': { family: 'hermes', thinking: '<think>', shown: everything },
  'Qwen3-Coder': qwenXml,
  'Qwen3.5-4B': qwenXmlThinking,
  'Reka-Edge': { family: 'hermes', thinking: '<think>', shown: everything, lead: ' ', ends: ['\n\n<sep>'] },
  'Spark2.5': { ...glm, ends: ['<｜end▁of▁sentence｜>'] },
  'StepFun3.5-Flash': qwenXmlThinking,
  'deepseek-ai-DeepSeek-R1-Distill-Llama-8B': { ...deepseekFenced, ends: ['<｜tool▁outputs▁begin｜>'] },
  'deepseek-ai-DeepSeek-R1-Distill-Qwen-32B': deepseekFenced,
  'deepseek-ai-DeepSeek-V3.1': { family: 'deepseek', thinking: '<think>', shown: ['text', 'several calls'], isToldByServer: true },
  'deepseek-ai-DeepSeek-V3.2': plainThinking,
  'deepseek-ai-DeepSeek-V4': plainThinking,
  'deepseek-ai-DeepSeek-V4-Flash-0731': plainThinking,
  'fireworks-ai-llama-3-firefunction-v2': plain,
  'google-gemma-2-2b-it': plain,
  'google-gemma-4-31B-it': gemma,
  'google-gemma-4-31B-it-interleaved': gemma,
  'ibm-granite-granite-3.3-2B-Instruct': plainThinking,
  'ibm-granite-granite-4.0': granite,
  'ibm-granite-granite-4.1': granite,
  'inclusionai-ling-3.0-flash': { ...glmLines, ends: ['<|role_end|>'] },
  'llama-cpp-deepseek-r1': { ...deepseekFenced, isToldByServer: false },
  'llama-cpp-rwkv-world': plainThinking,
  'meetkai-functionary-medium-v3.1': plain,
  'meetkai-functionary-medium-v3.2': plain,
  'meta-llama-Llama-3.1-8B-Instruct': llama,
  'meta-llama-Llama-3.2-3B-Instruct': llama,
  'meta-llama-Llama-3.3-70B-Instruct': llama,
  'microsoft-Phi-3.5-mini-instruct': plain,
  'mistralai-Ministral-3-14B-Reasoning-2512': {
    family: 'mistral-named',
    thinking: '[THINK]',
    shown: everything,
  },
  'mistralai-Mistral-Nemo-Instruct-2407': { family: 'mistral-list', shown: ['several calls'], lost: besideCall },
  'moonshotai-Kimi-K2': { family: 'kimi', shown: ['text', 'several calls'] },
  'muse-glimmer': plain,
  // Thinking, and text with it, precedes the call; its recipient stands behind the role, in another place than models mostly write it.
  'openai-gpt-oss-120b': { family: 'harmony', thinking: '<|channel|>analysis<|message|>', shown: ['thinking'], isHeldOtherwise: true },
  'openbmb-MiniCPM5-1B': plainThinking,
  'poolside-Laguna-S-2.1': { ...glm, ends: ['</assistant>'] },
  'poolside-Laguna-XS-2.1': { ...glmLines, lead: '\n', ends: ['</assistant>'] },
  'poolside-Laguna-XS.2': { ...glmLines, lead: '\n', ends: ['</assistant>'] },
  'unsloth-Apriel-1.5': { family: 'plain', thinking: 'Here are my reasoning steps:' },
  'unsloth-mistral-Devstral-Small-2507': { family: 'mistral-named', shown: ['text', 'several calls'] },
  'upstage-Solar-Open-100B': plain,
};

/** Templates that @huggingface/jinja 0.5 cannot render: `serve` says so when it starts. */
const unreadable: Readonly<Record<string, string>> = {
  'ByteDance-Seed-OSS': 'it fails on a plain question: Object keys must be strings: got IntegerValue',
  'tencent-Hy3': 'it fails on a plain question: Cannot call something that is not a function: got UndefinedValue',
};

const call = { type: 'tool_use', id: 'toolu_01', name: 'get_weather', input: { city: 'New York', days: 3, near: [true] } } as const;
const other = { type: 'tool_use', id: 'toolu_02', name: 'get_weather', input: {} } as const;
const text = { type: 'text', text: 'Let me see.' } as const;
const thinking = { type: 'thinking', thinking: 'Two cities.', signature: '' } as const;
const callParts = ['call: get_weather', 'arguments: {"city":"New York","days":3,"near":[true]}', 'call-end'];
const otherParts = ['call: get_weather', 'arguments: {}', 'call-end'];

/** Answers with what has to be shown for their parts to be read again. */
const answers: readonly (readonly [title: string, blocks: AnswerBlocks, parts: readonly string[], needs: readonly Shown[]])[] = [
  ['a call', [call], callParts, []],
  ['text and a call', [text, call], ['text: Let me see.', ...callParts], ['text']],
  ['thinking and a call', [thinking, call], ['thinking: Two cities.', 'thinking-end', ...callParts], ['thinking']],
  [
    'thinking, text and a call',
    [thinking, text, call],
    ['thinking: Two cities.', 'thinking-end', 'text: Let me see.', ...callParts],
    ['thinking', 'text'],
  ],
  ['two calls', [call, other], [...callParts, ...otherParts], ['several calls']],
];

const { sources, missing } = readVendorTemplates();
const present = Object.entries(rows).filter(([name]) => sources.has(name));

test.skipIf(missing !== undefined)(`every template has its row${missing === undefined ? '' : ` (not tested: ${missing})`}`, () => {
  expect(new Set(Object.keys({ ...rows, ...unreadable }))).toEqual(new Set(sources.keys()));
});

test.skipIf(missing !== undefined).each(Object.entries(unreadable))('%s is refused at the start', (name, reason) => {
  expect(() => compileChatTemplate(sources.get(name) ?? '', { bos: '', eos: '' })).toThrow(reason);
});

describe.each(present)('%s', (name, row) => {
  const model = plannedFrom(sources.get(name) ?? '');
  test(`is of the family ${row.family}`, () => {
    expect({ family: model.family.name, thinking: model.family.thinking?.open }).toEqual({ family: row.family, thinking: row.thinking });
  });
  testScenarios(model, row);
  testTools(model, row);
  testRoundTrip(model, row);
});

function testScenarios(model: PlannedModel, { lost = {} }: Row): void {
  test.each(Object.entries(scenarios))('renders %s', (title, [scenario, words]) => {
    const prompt = model.textOf(planReply(model, { model: 'any', ...scenario }));
    // In some places the text stands as JSON.
    const absent = words.filter((word) => !prompt.includes(word) && !prompt.includes(JSON.stringify(word).slice(1, -1)));
    expect(absent).toEqual(lost[title] ?? []);
    const { open = 'no thinking' } = model.family.thinking ?? {};
    expect(prompt.replaceAll(/\s/gu, '')).not.toContain(`${open} It is`.replaceAll(/\s/gu, ''));
    expect(prompt).not.toMatch(/[\uE0F8\uE0F9]|\\ue0f[89]/u);
  });
}

/** Tools of which the template tells are not told of by the server, also where the template runs into their schemas. */
function testTools(model: PlannedModel, { family, isToldByServer = family === 'plain' }: Row): void {
  test(`the model is told of its tools by ${isToldByServer ? 'the server' : 'the template'}`, () => {
    const [scenario] = scenarios['tools'] ?? [];
    const prompt = model.textOf(planReply(model, { model: 'any', messages: [], ...scenario }));
    expect(prompt.includes('You can call the tools below')).toBe(isToldByServer);
  });
}

function testRoundTrip(model: PlannedModel, { shown, ends = [], lead = '', isHeldOtherwise = false }: Row): void {
  if (shown === undefined) return;
  const { calls } = model.family;
  test('calls are shown by the template, not by the server', () => {
    expect(model.traits.showsCalls).toBe(true);
  });
  const transcripts = answers
    .filter(([, , , needs]) => needs.every((need) => shown.includes(need)))
    .map(([title, blocks, parts, needs]): Transcript => {
      const { written, start } = writtenBy(model, blocks, { thinking: needs.includes('thinking'), ends });
      const led = title.startsWith('text') && start === 'text' ? [`text: ${lead}Let me see.`, ...parts.slice(1)] : parts;
      // Some templates open thinking even where there is none.
      const read = start === 'thinking' && !needs.includes('thinking') ? ['thinking-end', ...parts] : led;
      return [`${title}, as the template writes it,`, written, read, { start }];
    });
  testTranscripts(model.family, transcripts);
  test(`${isHeldOtherwise ? 'does not write' : 'writes'} a call in the form that the server holds it to`, () => {
    const { written } = writtenBy(model, [call], { thinking: false, ends });
    expect(written.includes(`${calls.prefix}get_weather${behindName(calls)}`)).toBe(!isHeldOtherwise);
  });
}
