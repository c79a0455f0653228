/** What stands behind the protocol: something that lists models, counts tokens and generates. Scripted in `mock`, a real model in `reference-server`. */
import type {
  Citation,
  ContentBlock,
  CountTokensRequest,
  MessagesRequest,
  ModelInfo,
  RefusalStopDetails,
  ServerToolUseBlock,
  StopReason,
  ToolUseBlock,
  Usage,
} from '../spec/index.ts';
import type { Job } from './job.ts';
import type { Reply } from './reply.ts';

export type { StopReason };

/** Prompt tokens, as the usage object splits them. The sum is the whole prompt. */
export interface PromptTokens {
  readonly input: number;
  /** Written to a cache that `cache_control` asked for. Default 0. */
  readonly cacheCreation?: number;
  /** Read from it. Default 0. */
  readonly cacheRead?: number;
}

/**
 * What a generation says, in order. `start` first and once, `stop` last and once. Consecutive events of one kind make one
 * content block; `tool-start` always opens a new one. `signature` closes the thinking block before it, and none may lack one unless the
 * generation was cut there. Reason `tool_use` goes with a tool call, `end_turn` with none. Breaking any of this is an `api_error`.
 * The JSON fragments of a tool call concatenate to one JSON object, or to the empty string for no arguments; cut short only
 * where `stop` says `max_tokens` or `model_context_window_exceeded`.
 */
export type BackendEvent =
  /** `usage` replaces fields that the prompt does not tell. */
  | { readonly type: 'start'; readonly prompt: PromptTokens; readonly usage?: Partial<Usage> }
  /** `opens`: begins a block of its own, although one of text is open. */
  | { readonly type: 'text'; readonly text: string; readonly opens?: boolean }
  /** Belongs to the text block before it. */
  | { readonly type: 'citation'; readonly citation: Citation }
  | { readonly type: 'thinking'; readonly thinking: string }
  | { readonly type: 'signature'; readonly signature: string }
  | { readonly type: 'redacted-thinking'; readonly data: string }
  /** A block that is sent whole: the result of a server tool, an upload. */
  | { readonly type: 'block'; readonly block: WholeBlock }
  /** `template` gives what else the block says, and makes it the call of a server tool where its type says so. */
  | { readonly type: 'tool-start'; readonly name: string; readonly id?: string; readonly template?: ToolUseBlock | ServerToolUseBlock }
  | { readonly type: 'tool-input'; readonly json: string }
  | {
      readonly type: 'stop';
      readonly reason: StopReason;
      /** The matched one, where the reason is `stop_sequence`. */
      readonly stopSequence?: string;
      readonly outputTokens: number;
      readonly thinkingTokens?: number;
      /** Where the reason is `refusal`. */
      readonly details?: RefusalStopDetails;
      /** Replaces fields that the rest does not tell. */
      readonly usage?: Partial<Usage>;
    };

/** Content blocks without deltas. */
export type WholeBlock = Exclude<ContentBlock, { type: 'text' | 'thinking' | 'tool_use' | 'server_tool_use' }>;

/** What every backend can do. */
export interface Catalogue {
  /** The models it serves, newest first. The endpoint pages through them and refuses requests for others. */
  models(): readonly ModelInfo[];
  /** A model that is served although it is not listed. */
  unlisted?(id: string): ModelInfo | undefined;
  /** Tokens of the prompt as `generate` would see it. Throws an `ApiError` for what it cannot take. */
  countTokens(request: CountTokensRequest): number | Promise<number>;
}

export interface Backend extends Catalogue {
  /**
   * Whether it keeps the prompts that it reads for the requests after them. Then it is also asked to generate where `max_tokens` is 0, and
   * stops after `start`; else such a prompt is only counted.
   */
  readonly keepsPrompts?: boolean;
  /**
   * Answers a request that the endpoint has validated. Throws an `ApiError` to refuse it: before `start` it becomes the HTTP
   * status, after it an `error` event. Any other exception is a 500 `api_error`. Stops soon after `signal` aborts, and then returns
   * without a `stop`.
   */
  generate(request: MessagesRequest, signal: AbortSignal): AsyncIterable<BackendEvent>;
}

/** A backend that decides over bytes and times itself: a mock. */
export interface AnsweringBackend extends Catalogue {
  /** As `generate`, but gives the whole Reply. */
  answer(job: Job): Promise<Reply>;
}
