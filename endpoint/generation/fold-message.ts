/** A Message made of its stream events, as an SDK's accumulator makes it. As JSON it has the inputs of its calls in the words of the stream. */
import type {
  ContentBlock,
  ContentBlockDelta,
  ContentBlockStart,
  Message,
  MessageDeltaEvent,
  ServerToolUseBlock,
  StreamEvent,
  ToolUseBlock,
} from '../../spec/index.ts';
import { completeJson } from './complete-json.ts';

export class MessageFold {
  #message: Message | undefined;
  #block: ContentBlock | undefined;
  /** Fragments of a tool call's input, which parse only when whole. */
  #json = '';
  /** The inputs of calls as they were written, which parsing may round. */
  readonly #inputs = new Map<ContentBlock, string>();

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

  /** The message so far as JSON, its calls' inputs as the stream has them: the same digits, the same order of keys. */
  get json(): string {
    const { message } = this;
    if (this.#inputs.size === 0) return JSON.stringify(message);
    const blocks = message.content.map((block) => withMember(block, 'input', this.#inputs.get(block)));
    return withMember(message, 'content', `[${blocks.join(',')}]`);
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
    if (block.type === 'tool_use' || block.type === 'server_tool_use') this.#setInput(block);
    this.#message?.content.push(block);
    this.#block = undefined;
  }

  #setInput(block: ToolUseBlock | ServerToolUseBlock): void {
    const json = completeJson(this.#json);
    block.input = JSON.parse(json);
    this.#inputs.set(block, json);
  }
}

/** An object as JSON, one member of which is JSON already; `undefined` where none is. */
function withMember(object: object, name: string, json: string | undefined): string {
  if (json === undefined) return JSON.stringify(object);
  const members = Object.entries(object).filter(([, value]) => value !== undefined);
  return `{${members.map(([key, value]) => `${JSON.stringify(key)}:${key === name ? json : JSON.stringify(value)}`).join(',')}}`;
}

function wholeBlock(start: ContentBlockStart): ContentBlock {
  return start.type === 'thinking' ? { type: 'thinking', thinking: start.thinking ?? '', signature: start.signature ?? '' } : { ...start };
}
