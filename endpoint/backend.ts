/** What stands behind the protocol: something that lists models, counts tokens and generates. Scripted in `mock`, a real model in `reference-server`. */
import type { CountTokensRequest, MessagesRequest, ModelInfo } from '../spec/index.ts';

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
  | { readonly type: 'start'; readonly prompt: PromptTokens }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'thinking'; readonly thinking: string }
  | { readonly type: 'signature'; readonly signature: string }
  | { readonly type: 'redacted-thinking'; readonly data: string }
  | { readonly type: 'tool-start'; readonly name: string; readonly id?: string }
  | { readonly type: 'tool-input'; readonly json: string }
  | {
      readonly type: 'stop';
      readonly reason: StopReason;
      /** The matched one, where the reason is `stop_sequence`. */
      readonly stopSequence?: string;
      readonly outputTokens: number;
      readonly thinkingTokens?: number;
    };

export type StopReason =
  | 'end_turn'
  | 'max_tokens'
  | 'stop_sequence'
  | 'tool_use'
  | 'pause_turn'
  | 'refusal'
  | 'model_context_window_exceeded';

export interface Backend {
  /** The models it serves, newest first. The endpoint pages through them and refuses requests for others. */
  models(): readonly ModelInfo[];
  /** Tokens of the prompt as `generate` would see it. Throws an `ApiError` for what it cannot take. */
  countTokens(request: CountTokensRequest): number | Promise<number>;
  /**
   * Answers a request that the endpoint has validated. Throws an `ApiError` to refuse it: before `start` it becomes the HTTP
   * status, after it an `error` event. Any other exception is a 500 `api_error`. Stops soon after `signal` aborts, and then returns
   * without a `stop`.
   */
  generate(request: MessagesRequest, signal: AbortSignal): AsyncIterable<BackendEvent>;
}
