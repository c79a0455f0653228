/** What a scripted answer is made of, in order: content, bytes, silences, and at most one way to break off. */
import type { Citation, ContentBlock, ErrorType } from '../../spec/index.ts';

/** A piece of text as it will be streamed, with the tokens that it costs. */
export interface Delta {
  readonly text: string;
  readonly tokens: readonly string[];
}

/** Adjacent text parts make one block, unless one `opens` its own. */
export interface TextPart {
  readonly type: 'text';
  readonly deltas: readonly Delta[];
  readonly opens: boolean;
  readonly citations: readonly Citation[];
}

export interface ThinkingPart {
  readonly type: 'thinking';
  readonly deltas: readonly Delta[];
  readonly signature: string;
}

export interface ToolPart {
  readonly type: 'tool';
  readonly block: Extract<ContentBlock, { type: 'tool_use' | 'server_tool_use' }>;
  /** Absent: a new one for every reply. */
  readonly id: string | undefined;
  readonly fragments: readonly Delta[];
}

/** A block that is sent whole in its `content_block_start`. */
export interface WholePart {
  readonly type: 'whole';
  readonly block: Exclude<ContentBlock, { type: 'text' | 'thinking' | 'tool_use' | 'server_tool_use' }>;
}

export type Part =
  | TextPart
  | ThinkingPart
  | ToolPart
  | WholePart
  /** Bytes of any kind, between the events. */
  | { readonly type: 'raw'; readonly text: string }
  | { readonly type: 'wait'; readonly ms: number }
  | Break;

/** How an answer breaks off: an `error` event, a broken connection, silence, or an end without the closing events. */
export type Break =
  | { readonly type: 'fail'; readonly error: ErrorType; readonly message: string | undefined }
  | { readonly type: 'reset' | 'stall' | 'truncate' };

export function isBreak(part: Part): part is Break {
  return part.type === 'fail' || part.type === 'reset' || part.type === 'stall' || part.type === 'truncate';
}
