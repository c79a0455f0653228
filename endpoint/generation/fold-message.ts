/** A Message made of its stream events, as an SDK's accumulator makes it. */
import type { ContentBlock, ContentBlockDelta, ContentBlockStart, Message, MessageDeltaEvent, StreamEvent } from '../../spec/index.ts';
import { completeJsonObject } from './complete-json.ts';

export class MessageFold {
  #message: Message | undefined;
  #block: ContentBlock | undefined;
  /** Fragments of a tool call's input, which parse only when whole. */
  #json = '';

  add(event: StreamEvent): void {
    switch (event.type) {
      case 'message_start':
        this.#message = event.message;
        break;
      case 'content_block_start':
        this.#block = wholeBlock(event.content_block);
        this.#json = '';
        break;
      case 'content_block_delta':
        this.#append(event.delta);
        break;
      case 'content_block_stop':
        this.#closeBlock();
        break;
      case 'message_delta':
        this.#finish(event);
        break;
      case 'message_stop':
      case 'ping':
      case 'error':
        break;
    }
  }

  /** The message so far; throws where `message_start` has not come. */
  get message(): Message {
    if (this.#message === undefined) throw new Error('no message_start yet');
    return this.#message;
  }

  /** Usage at the end is the whole; null there means "as at the start". */
  #finish({ delta, usage }: MessageDeltaEvent): void {
    const message = this.message;
    const known = Object.entries(usage).filter(([, value]) => value !== null);
    this.#message = { ...message, ...delta, usage: { ...message.usage, ...Object.fromEntries(known) } };
  }

  #append(delta: ContentBlockDelta): void {
    const block = this.#block;
    if (delta.type === 'text_delta' && block?.type === 'text') block.text += delta.text;
    else if (delta.type === 'thinking_delta' && block?.type === 'thinking') block.thinking += delta.thinking;
    else if (delta.type === 'signature_delta' && block?.type === 'thinking') block.signature = delta.signature;
    else if (delta.type === 'input_json_delta') this.#json += delta.partial_json;
    else if (delta.type === 'citations_delta' && block?.type === 'text') block.citations = [...(block.citations ?? []), delta.citation];
  }

  #closeBlock(): void {
    const block = this.#block;
    if (block === undefined) return;
    if (block.type === 'tool_use' || block.type === 'server_tool_use') block.input = completeJsonObject(this.#json);
    this.#message?.content.push(block);
    this.#block = undefined;
  }
}

function wholeBlock(start: ContentBlockStart): ContentBlock {
  return start.type === 'thinking' ? { type: 'thinking', thinking: start.thinking ?? '', signature: start.signature ?? '' } : { ...start };
}
