// What the automaton looks at in the data of a frame.
import { isJsonObject } from '../json.ts';

/** The part of a stream event that decides about order. */
export interface GrammarEvent {
  /** `data.type`; empty if the data has none. */
  readonly type: string;
  /** `data.index` as it came, of any JSON type. */
  readonly index?: unknown;
  /** `data.content_block.type` of a content_block_start. */
  readonly blockType?: string;
  /** `data.delta.type` of a content_block_delta. */
  readonly deltaType?: string;
}

/** Derives the event from the parsed data of a frame, whatever that is. Never throws. */
export function grammarEvent(data: unknown): GrammarEvent {
  const blockType = textOf(fieldOf(fieldOf(data, 'content_block'), 'type'));
  const deltaType = textOf(fieldOf(fieldOf(data, 'delta'), 'type'));
  const index = fieldOf(data, 'index');
  return {
    type: textOf(fieldOf(data, 'type')) ?? '',
    ...(index === undefined ? {} : { index }),
    ...(blockType === undefined ? {} : { blockType }),
    ...(deltaType === undefined ? {} : { deltaType }),
  };
}

function fieldOf(value: unknown, name: string): unknown {
  return isJsonObject(value) ? value[name] : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
