/** A Messages request as a chat completion, and what this server has to see to itself because the engine cannot be asked for it. */
import type { CountTokensRequest, CustomTool, MessagesRequest, OutputConfig, Thinking } from '../../spec/index.ts';
import type { JsonObject } from '../../spec/json.ts';
import { refusal } from '../prompt/refusal.ts';
import { customTools, toolDefinition } from '../prompt/tool-definitions.ts';
import { chatMessages, type ChatMessage } from './chat-messages.ts';
import type { EngineTraits } from './engine-traits.ts';

export interface ChatPlan {
  /** What makes the prompt: enough to count it. */
  readonly prompt: ChatPrompt;
  /** The rest of the request's body; `max_tokens` may be lowered. */
  readonly generation: JsonObject;
  /** Matched here: not every engine says which one it stopped at, some take only a few, and some look for them in the thinking too. */
  readonly stopSequences: readonly string[];
  /** Whether thinking is shown; what comes unasked is left out. */
  readonly showsThinking: boolean;
  /** Whether the reply goes on where the last message ends, so that its first blank counts. */
  readonly isContinued: boolean;
  /** Whether the text of the reply has to be JSON. */
  readonly isJson: boolean;
  /** The tools that the reply may call. */
  readonly callable: ReadonlySet<string>;
  /** Whether it has to call one of them. */
  readonly isForced: boolean;
  /** Whether a second call is one too many. */
  readonly isSingleCall: boolean;
}

export interface ChatPrompt {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly tools?: readonly JsonObject[];
  readonly chat_template_kwargs?: JsonObject;
  readonly add_generation_prompt?: false;
  readonly continue_final_message?: true;
  readonly [field: string]: unknown;
}

/** Reads a request. @throws ApiError 400 for what this engine cannot do. */
export function planChat(request: CountTokensRequest | MessagesRequest, traits: EngineTraits): ChatPlan {
  const tools = customTools(request.tools);
  const toolUse = planTools(request, tools, traits);
  const thinks = wantsThinking(request.thinking, traits) && !toolUse.isForced;
  const isContinued = request.messages.at(-1)?.role === 'assistant';
  if (isContinued) refusePrefill(request, thinks, traits);
  if ('top_k' in request && request.top_k !== undefined && !traits.takesTopK) throw refusal('top_k', `${traits.name} does not take it`);
  const format = request.output_config?.format ?? undefined;
  return {
    prompt: {
      model: request.model,
      messages: chatMessages(request),
      ...(toolUse.shown.length === 0 ? {} : { tools: toolUse.shown }),
      ...thinkingFields(thinks, request.output_config, traits),
      ...(isContinued ? ({ add_generation_prompt: false, continue_final_message: true } as const) : {}),
    },
    generation: {
      stream: true,
      ...traits.streamOptions,
      ...toolUse.fields,
      ...(format === undefined
        ? {}
        : { response_format: { type: 'json_schema', json_schema: { name: 'reply', schema: format.schema, strict: true } } }),
      ...sampling(request),
    },
    stopSequences: ('stop_sequences' in request ? request.stop_sequences : undefined) ?? [],
    showsThinking: thinks,
    isContinued,
    isJson: format !== undefined,
    callable: toolUse.callable,
    isForced: toolUse.isForced,
    isSingleCall: toolUse.isSingleCall,
  };
}

interface ToolUse {
  readonly shown: readonly JsonObject[];
  readonly fields: JsonObject;
  readonly callable: ReadonlySet<string>;
  readonly isForced: boolean;
  readonly isSingleCall: boolean;
}

const noTools: ToolUse = { shown: [], fields: {}, callable: new Set(), isForced: false, isSingleCall: false };

/** Where no tool may be called none is shown: engines that go on showing them do not read the call that comes, and it leaks as text. */
function planTools(request: CountTokensRequest, tools: readonly CustomTool[], traits: EngineTraits): ToolUse {
  const choice = request.tool_choice ?? ({ type: 'auto' } as const);
  if (tools.length === 0 || choice.type === 'none') return noTools;
  const named = choice.type === 'tool' ? tools.filter(({ name }) => name === choice.name) : tools;
  if (choice.type === 'tool' && named.length === 0) throw refusal('tool_choice.name', 'no tool has this name');
  const isForced = choice.type !== 'auto';
  if (!isForced && !traits.holdsFreeCalls) refuseStrict(tools, traits);
  const isSingleCall = ('disable_parallel_tool_use' in choice && choice.disable_parallel_tool_use) ?? false;
  const byName = choice.type === 'tool' && traits.forcesBy === 'name';
  return {
    shown: (choice.type === 'tool' && !byName ? named : tools).map((tool) => definition(tool)),
    fields: {
      tool_choice: byName ? { type: 'function', function: { name: choice.name } } : isForced ? 'required' : 'auto',
      // Said either way: it is on by default in vLLM and off in llama.cpp.
      parallel_tool_calls: !isSingleCall,
    },
    callable: new Set(named.map(({ name }) => name)),
    isForced,
    isSingleCall,
  };
}

function definition(tool: CustomTool): JsonObject {
  const { type, function: shape } = toolDefinition(tool);
  return { type, function: tool.strict === true ? { ...shape, strict: true } : shape };
}

function refuseStrict(tools: readonly CustomTool[], traits: EngineTraits): void {
  const strict = tools.findIndex((tool) => tool.strict === true);
  if (strict >= 0)
    throw refusal(`tools.${strict}.strict`, `${traits.name} does not hold calls to their schema, unless tool_choice forces them`);
}

/** A switch cannot weigh, so `adaptive` is thinking where the engine has one. */
function wantsThinking(thinking: Thinking | undefined, traits: EngineTraits): boolean {
  switch (thinking?.type) {
    case 'enabled':
      if (traits.thinkingSwitch === undefined)
        throw refusal('thinking.type', `thinking cannot be switched on in ${traits.name}; use "adaptive"`);
      return true;
    case 'adaptive':
      return true;
    case 'between_tools':
      throw refusal('thinking.type', 'this server does not support "between_tools"');
    case 'disabled':
    case undefined:
      return false;
    default:
      return false;
  }
}

/** Qwen's templates read `enable_thinking`, DeepSeek's and Granite's `thinking`, gpt-oss's `reasoning_effort`. */
function thinkingFields(thinks: boolean, output: OutputConfig | undefined, { thinkingSwitch }: EngineTraits): JsonObject {
  if (thinkingSwitch === undefined) return {};
  const effort = output?.effort ?? undefined;
  const level = effort === undefined || !thinks ? {} : { reasoning_effort: effort === 'low' || effort === 'medium' ? effort : 'high' };
  return {
    ...(thinkingSwitch === 'template-and-field' ? { enable_thinking: thinks } : {}),
    ...level,
    chat_template_kwargs: { enable_thinking: thinks, thinking: thinks, ...level },
  };
}

function refusePrefill(request: CountTokensRequest, thinks: boolean, traits: EngineTraits): void {
  if (!traits.continuesAnswers)
    throw refusal('messages', `${traits.name} cannot continue an assistant message; the last one must be the user's`);
  if (thinks) throw refusal('messages', 'the last message cannot be an assistant message when thinking is enabled');
  if (request.output_config?.format)
    throw refusal('messages', 'the last message cannot be an assistant message together with output_config.format');
}

function sampling(request: CountTokensRequest | MessagesRequest): JsonObject {
  if (!('max_tokens' in request)) return {};
  const { temperature, top_p, top_k } = request;
  return {
    max_tokens: request.max_tokens,
    ...(temperature === undefined ? {} : { temperature }),
    ...(top_p === undefined ? {} : { top_p }),
    ...(top_k === undefined ? {} : { top_k }),
  };
}
