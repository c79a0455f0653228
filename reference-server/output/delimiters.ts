/** How a model marks thinking and tool calls in what it writes, as node-llama-cpp's chat wrapper of the model reports it. */
import type { ChatWrapperSettings } from 'node-llama-cpp';

/** The marks of a model. A model without a kind has none of it. */
export interface Delimiters {
  readonly thinking?: ThinkingDelimiters;
  readonly call?: CallDelimiters;
}

/** `<think>` and `</think>`, without the white space around them. */
export interface ThinkingDelimiters {
  readonly open: string;
  readonly close: string;
  /** As the model itself closes: with the line breaks. Written by the server when the thinking budget is spent. */
  readonly closing: string;
}

/** A call is `prefix` name `afterName` arguments `suffix`, for example `<tool_call>\n{"name": "` ... `", "arguments": ` ... `}\n</tool_call>`. */
export interface CallDelimiters {
  /** First mark of `prefix`, `<tool_call>`: once the model wrote it, the rest is held to the grammar. */
  readonly open: string;
  readonly prefix: string;
  readonly afterName: string;
  readonly suffix: string;
  /** Last mark of `suffix`, `</tool_call>`. */
  readonly close: string;
}

/** The delimiters in a chat wrapper's settings. */
export function delimitersFrom(settings: Pick<ChatWrapperSettings, 'functions' | 'segments'>): Delimiters {
  const thought = settings.segments?.thought;
  const thinking = thought === undefined ? undefined : thinkingDelimiters(plainText(thought.prefix), plainText(thought.suffix ?? ''));
  const { prefix, paramsPrefix, suffix } = settings.functions.call;
  const call = callDelimiters(plainText(prefix), plainText(paramsPrefix), plainText(suffix));
  return { ...(thinking === undefined ? {} : { thinking }), ...(call === undefined ? {} : { call }) };
}

function thinkingDelimiters(prefix: string, suffix: string): ThinkingDelimiters | undefined {
  const open = prefix.trim();
  const close = suffix.trim();
  return open === '' || close === '' ? undefined : { open, close, closing: suffix };
}

/** Only the JSON form, `{"name": ..., "arguments": ...}` between two marks, is spoken so far; other forms count as no tool syntax. */
function callDelimiters(prefix: string, afterName: string, suffix: string): CallDelimiters | undefined {
  const open = /^\s*(<[^<>]+>)\s*\{"name": "$/u.exec(prefix)?.[1];
  const close = /^\}\s*(<[^<>]+>)\s*$/u.exec(suffix)?.[1];
  if (open === undefined || close === undefined || !afterName.startsWith('",')) return undefined;
  return { open, prefix: prefix.trimStart(), afterName, suffix: suffix.trimEnd(), close };
}

/** Text of a `LlamaText`: a string, or a list of strings and `{type, value}` pieces. */
function plainText(text: unknown): string {
  if (typeof text === 'string') return text;
  if (Array.isArray(text)) return text.map(plainText).join('');
  if (typeof text !== 'object' || text === null) return '';
  if ('values' in text) return plainText(text.values);
  return 'value' in text ? plainText(text.value) : '';
}
