/** How engines differ beyond OpenAI's API. They are told apart by `owned_by` of their models list. */

export interface EngineTraits {
  readonly name: string;
  /** Fields of every request that streams: what makes the engine count while it generates, where it can. */
  readonly streamOptions: Readonly<Record<string, unknown>>;
  /** Whether the first chunk of a stream then tells the tokens of the prompt. */
  readonly countsEarly: boolean;
  /** Its own way to count a prompt; without one, a completion of one token tells it. */
  readonly tokenizer?: 'vllm' | 'llama.cpp';
  /** How thinking is switched; without a way it cannot be asked for. */
  readonly thinkingSwitch?: 'template' | 'template-and-field';
  /** Whether `continue_final_message` is known, unless the engine can be asked. Where an assistant turn at the end is taken for a whole one, prefill is refused. */
  readonly continuesAnswers: boolean;
  /** A forced tool is named, or it is the only one that the engine is shown. */
  readonly forcesBy: 'name' | 'only-tool';
  /** Whether calls that are not forced follow the schema of a strict tool. Forced ones do everywhere. */
  readonly holdsFreeCalls: boolean;
  /** Whether sampling fields beyond OpenAI's are taken. */
  readonly takesTopK: boolean;
}

const running = { stream_options: { include_usage: true, continuous_usage_stats: true } };
const atTheEnd = { stream_options: { include_usage: true } };

const known: Readonly<Record<string, EngineTraits>> = {
  vllm: {
    name: 'vLLM',
    streamOptions: running,
    countsEarly: true,
    tokenizer: 'vllm',
    thinkingSwitch: 'template',
    continuesAnswers: true,
    forcesBy: 'name',
    holdsFreeCalls: false,
    takesTopK: true,
  },
  sglang: {
    name: 'SGLang',
    streamOptions: running,
    countsEarly: true,
    thinkingSwitch: 'template',
    continuesAnswers: true,
    forcesBy: 'name',
    holdsFreeCalls: true,
    takesTopK: true,
  },
  lmdeploy: {
    name: 'LMDeploy',
    streamOptions: atTheEnd,
    countsEarly: false,
    thinkingSwitch: 'template-and-field',
    continuesAnswers: false,
    forcesBy: 'name',
    holdsFreeCalls: false,
    takesTopK: true,
  },
  llamacpp: {
    name: 'llama.cpp',
    streamOptions: { ...atTheEnd, timings_per_token: true },
    countsEarly: true,
    tokenizer: 'llama.cpp',
    thinkingSwitch: 'template',
    continuesAnswers: false,
    forcesBy: 'only-tool',
    holdsFreeCalls: true,
    takesTopK: true,
  },
};

/** Nothing but what OpenAI documents. */
const unknown: EngineTraits = {
  name: 'an OpenAI-compatible engine',
  streamOptions: atTheEnd,
  countsEarly: false,
  continuesAnswers: false,
  forcesBy: 'name',
  holdsFreeCalls: false,
  takesTopK: false,
};

/** The traits of the engine that owns a model; of any engine where the owner is unknown, as Ray Serve's may be. */
export function engineTraits(ownedBy: string): EngineTraits {
  const name = ownedBy.toLowerCase().replaceAll(/[^a-z]/g, '');
  return (Object.hasOwn(known, name) ? known[name] : undefined) ?? unknown;
}
