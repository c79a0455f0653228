/**
 * What a backend says, as the protocol's events in their official order. The one place that orders blocks, indexes and usage:
 * a stream sends these events, a JSON answer is folded from them, so the two cannot differ.
 * https://platform.claude.com/docs/en/build-with-claude/streaming
 */
import type { Message, MessageDeltaEvent, MessageDeltaUsage, StreamEvent, Usage } from '../../spec/index.ts';
import type { BackendEvent, PromptTokens } from '../backend.ts';
import { openBlock, type BlockEvent, type OpenBlock } from './open-block.ts';
import { BackendFault } from './backend-fault.ts';

/** What the events need to know of the request. */
export interface MessageContext {
  readonly id: string;
  readonly model: string;
  /** `thinking.display: "omitted"`: blocks and signatures without their text. */
  readonly omitThinking: boolean;
  readonly newToolId: () => string;
}

type StartEvent = Extract<BackendEvent, { type: 'start' }>;
type StopEvent = Extract<BackendEvent, { type: 'stop' }>;

export class MessageEvents {
  readonly #context: MessageContext;
  #prompt: PromptTokens | undefined;
  #block: OpenBlock | undefined;
  #blocks = 0;
  #toolUses = 0;
  #isStopped = false;

  constructor(context: MessageContext) {
    this.#context = context;
  }

  /** Whether `start` has come: from then on the answer is a 200. */
  get isStarted(): boolean {
    return this.#prompt !== undefined;
  }

  /** The events that one backend event causes; throws a `BackendFault` where it breaks the backend's contract. */
  accept(event: BackendEvent): StreamEvent[] {
    if (this.#isStopped) throw new BackendFault(`"${event.type}" after "stop"`);
    if (event.type === 'start') return [this.#start(event)];
    if (this.#prompt === undefined) throw new BackendFault(`"${event.type}" before "start"`);
    return event.type === 'stop' ? this.#stop(event, this.#prompt) : this.#append(event);
  }

  /** To be called when the backend has nothing more to say. */
  end(): void {
    if (!this.#isStopped) throw new BackendFault('it ended without "stop"');
  }

  #start({ prompt, usage }: StartEvent): StreamEvent {
    if (this.#prompt !== undefined) throw new BackendFault('a second "start"');
    this.#prompt = prompt;
    return { type: 'message_start', message: startMessage(this.#context, { ...startUsage(prompt), ...usage }) };
  }

  #append(event: BlockEvent): StreamEvent[] {
    if (event.type === 'text' && event.text === '') return [];
    const events: StreamEvent[] = [];
    if (this.#block === undefined || !this.#block.continuesWith(event)) {
      events.push(...this.#closeBlock(false));
      this.#block = openBlock(event, this.#blocks, this.#context);
      this.#blocks += 1;
      if (event.type === 'tool-start' && event.template?.type !== 'server_tool_use') this.#toolUses += 1;
      events.push(this.#block.start);
      // The official service sends its first ping here.
      if (this.#blocks === 1) events.push({ type: 'ping' });
    }
    events.push(...this.#block.append(event));
    return events;
  }

  #stop(event: StopEvent, prompt: PromptTokens): StreamEvent[] {
    this.#isStopped = true;
    if (event.reason === 'tool_use' && this.#toolUses === 0) throw new BackendFault('stopped for "tool_use" without a tool call');
    if (event.reason === 'end_turn' && this.#toolUses > 0) throw new BackendFault('stopped for "end_turn" with a tool call waiting');
    if ((event.reason === 'stop_sequence') !== (event.stopSequence !== undefined)) {
      throw new BackendFault(`stopped for "${event.reason}" with stopSequence ${JSON.stringify(event.stopSequence)}`);
    }
    return [...this.#closeBlock(isCutShort(event)), messageDelta(event, prompt), { type: 'message_stop' }];
  }

  #closeBlock(isCut: boolean): StreamEvent[] {
    const events = this.#block?.close(isCut) ?? [];
    this.#block = undefined;
    return events;
  }
}

function isCutShort({ reason }: StopEvent): boolean {
  return reason === 'max_tokens' || reason === 'model_context_window_exceeded' || reason === 'refusal';
}

function startMessage({ id, model }: MessageContext, usage: Usage): Message {
  return {
    id,
    type: 'message',
    role: 'assistant',
    model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    stop_details: null,
    usage,
    container: null,
    diagnostics: null,
  };
}

function startUsage({ input, cacheCreation = 0, cacheRead = 0 }: PromptTokens): Usage {
  return {
    input_tokens: input,
    cache_creation_input_tokens: cacheCreation,
    cache_read_input_tokens: cacheRead,
    cache_creation: { ephemeral_5m_input_tokens: cacheCreation, ephemeral_1h_input_tokens: 0 },
    output_tokens: 0,
    output_tokens_details: null,
    server_tool_use: null,
    service_tier: 'standard',
    inference_geo: null,
    speed: null,
  };
}

/** Usage is cumulative, and repeats the prompt: SDK helpers overwrite what they read at the start with what they read here. */
function messageDelta(stop: StopEvent, { input, cacheCreation = 0, cacheRead = 0 }: PromptTokens): MessageDeltaEvent {
  return {
    type: 'message_delta',
    delta: {
      stop_reason: stop.reason,
      stop_sequence: stop.stopSequence ?? null,
      stop_details: stop.reason === 'refusal' ? (stop.details ?? { type: 'refusal', category: null, explanation: null }) : null,
      container: null,
    },
    usage: {
      input_tokens: input,
      cache_creation_input_tokens: cacheCreation,
      cache_read_input_tokens: cacheRead,
      output_tokens: stop.outputTokens,
      output_tokens_details: stop.thinkingTokens === undefined ? null : { thinking_tokens: stop.thinkingTokens },
      server_tool_use: null,
      ...deltaUsage(stop.usage),
    },
  };
}

/** The fields that `message_delta` has; the others were said at the start. */
function deltaUsage(usage: Partial<Usage> = {}): Partial<MessageDeltaUsage> {
  const { service_tier: _tier, inference_geo: _geo, speed: _speed, cache_creation: _creation, ...told } = usage;
  return told;
}
