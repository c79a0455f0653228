/** One content block while it grows: which backend events belong to it, the deltas they become, and what must hold when it closes. */
import type { Citation, ContentBlockDelta, ContentBlockStart, ServerToolUseBlock, StreamEvent, ToolUseBlock } from '../../spec/index.ts';
import { isJsonObject } from '../../spec/json.ts';
import type { BackendEvent, WholeBlock } from '../backend.ts';
import { BackendFault } from './backend-fault.ts';
import type { MessageContext } from './message-events.ts';

/** The backend events that make content. */
export type BlockEvent = Exclude<BackendEvent, { type: 'start' | 'stop' }>;

export interface OpenBlock {
  readonly start: StreamEvent;
  /** Whether the event belongs to this block; if not, it opens the next one. */
  continuesWith(event: BlockEvent): boolean;
  append(event: BlockEvent): readonly StreamEvent[];
  /** `isCut`: the generation was cut short here, so the block may be incomplete. */
  close(isCut: boolean): StreamEvent[];
}

/** The block that this event opens; throws where it can only continue one. */
export function openBlock(event: BlockEvent, index: number, context: MessageContext): OpenBlock {
  if (event.type === 'text') return textBlock(index);
  if (event.type === 'thinking') return thinkingBlock(index, context.omitThinking);
  if (event.type === 'redacted-thinking') return wholeBlock(index, { type: 'redacted_thinking', data: event.data });
  if (event.type === 'block') return wholeBlock(index, event.block);
  if (event.type === 'tool-start') return toolBlock(index, toolStart(event, event.id ?? context.newToolId()));
  throw new BackendFault(`"${event.type}" without an open block that it could belong to`);
}

function textBlock(index: number): OpenBlock {
  return {
    start: blockStart(index, { type: 'text', text: '', citations: null }),
    continuesWith: (event) => (event.type === 'text' && event.opens !== true) || event.type === 'citation',
    append(event) {
      if (event.type === 'citation') return [delta(index, citationsDelta(event.citation))];
      return event.type === 'text' ? [delta(index, { type: 'text_delta', text: event.text })] : [];
    },
    close: () => [blockStop(index)],
  };
}

/** The signature comes last and once: SDKs assign it rather than append. */
function thinkingBlock(index: number, omitText: boolean): OpenBlock {
  let signature: string | undefined;
  return {
    start: blockStart(index, { type: 'thinking', thinking: '', signature: '' }),
    continuesWith: (event) => signature === undefined && (event.type === 'thinking' || event.type === 'signature'),
    append(event) {
      if (event.type === 'signature') {
        signature = event.signature;
        return [delta(index, { type: 'signature_delta', signature })];
      }
      if (event.type !== 'thinking' || event.thinking === '' || omitText) return [];
      return [delta(index, { type: 'thinking_delta', thinking: event.thinking })];
    },
    close(isCut) {
      if (signature === undefined && !isCut) throw new BackendFault('a thinking block without "signature"');
      return [blockStop(index)];
    },
  };
}

function wholeBlock(index: number, block: WholeBlock): OpenBlock {
  return {
    start: blockStart(index, block),
    continuesWith: () => false,
    append: () => [],
    close: () => [blockStop(index)],
  };
}

function toolStart({ name, template }: Extract<BlockEvent, { type: 'tool-start' }>, id: string): ToolUseBlock | ServerToolUseBlock {
  if (template !== undefined) return { ...template, id, input: {} };
  return { type: 'tool_use', id, name, input: {}, caller: { type: 'direct' } };
}

function citationsDelta(citation: Citation): ContentBlockDelta {
  return { type: 'citations_delta', citation };
}

function toolBlock(index: number, block: ToolUseBlock | ServerToolUseBlock): OpenBlock {
  let json = '';
  return {
    start: blockStart(index, block),
    continuesWith: (event) => event.type === 'tool-input',
    append(event) {
      // The official service sends an empty fragment first, so every client copes with one.
      if (event.type !== 'tool-input') return [delta(index, { type: 'input_json_delta', partial_json: '' })];
      json += event.json;
      return event.json === '' ? [] : [delta(index, { type: 'input_json_delta', partial_json: event.json })];
    },
    close(isCut) {
      if (!isCut && json !== '' && !parsesToObject(json)) throw new BackendFault(`the input of tool "${block.name}" is not a JSON object`);
      return [blockStop(index)];
    },
  };
}

function parsesToObject(json: string): boolean {
  try {
    return isJsonObject(JSON.parse(json));
  } catch {
    return false;
  }
}

function blockStart(index: number, block: ContentBlockStart): StreamEvent {
  return { type: 'content_block_start', index, content_block: block };
}

function delta(index: number, value: ContentBlockDelta): StreamEvent {
  return { type: 'content_block_delta', index, delta: value };
}

function blockStop(index: number): StreamEvent {
  return { type: 'content_block_stop', index };
}
