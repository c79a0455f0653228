// Folds the events of a stream into the message that they tell, as clients do, but without trusting any of them.
// https://platform.claude.com/docs/en/build-with-claude/streaming
import { isJsonObject, type JsonObject } from '../json.ts';
import { asText } from '../as-text.ts';

/** A thing that kept an event from counting, or that makes the message doubtful. */
export interface FoldProblem {
  /** Index into the events. */
  readonly at: number;
  /** One clause: "a delta for block 3, which is not there". */
  readonly message: string;
}

/** What a stream told. Nothing in it has been validated; `validate('message', message)` does that. */
export interface FoldedStream {
  /** The message, with `content` in the order of the block starts; undefined if no event told anything of one. */
  readonly message: (JsonObject & { readonly content: readonly unknown[] }) | undefined;
  /** Data of the first error event, if one came. */
  readonly error: unknown;
  readonly problems: readonly FoldProblem[];
}

interface OpenBlock {
  block: JsonObject;
  /** Fragments of the arguments of a tool call. */
  json: string;
  stopped: boolean;
}

/**
 * Folds event data into a message. Text and thinking are appended, a signature replaces, `usage` of message_delta overwrites field by field
 * (null and absent keep what was there), `input` is parsed from the joined fragments and null if they are not JSON.
 * Accepts well-formed and damaged streams, ignores events of unknown type and never throws.
 */
export function foldStream(events: readonly unknown[]): FoldedStream {
  const fold = new Fold();
  events.forEach((event, at) => fold.read(event, at));
  return fold.result(events.length);
}

class Fold {
  #message: JsonObject | undefined;
  #error: unknown;
  readonly #blocks = new Map<unknown, OpenBlock>();
  readonly #problems: FoldProblem[] = [];

  read(event: unknown, at: number): void {
    if (!isJsonObject(event)) return this.#problem(at, 'an event that is not an object');
    switch (event['type']) {
      case 'message_start':
        if (this.#message) return this.#problem(at, 'a second message_start');
        if (!isJsonObject(event['message'])) return this.#problem(at, 'a message_start without a message');
        this.#message = event['message'];
        return;
      case 'content_block_start':
        return this.#start(event, at);
      case 'content_block_delta':
        return this.#delta(event, at);
      case 'content_block_stop':
        return this.#stop(event, at);
      case 'message_delta':
        return this.#messageDelta(event, at);
      case 'error':
        this.#error ??= event;
        return;
      default:
        return;
    }
  }

  result(end: number): FoldedStream {
    for (const open of this.#blocks.values()) if (!open.stopped) this.#finishInput(open, end);
    const blocks = [...this.#blocks.values()].map(({ block }) => block);
    const told = this.#message !== undefined || blocks.length > 0;
    const message = told ? { ...this.#message, content: [...startContent(this.#message), ...blocks] } : undefined;
    return { message, error: this.#error, problems: this.#problems };
  }

  #start(event: JsonObject, at: number): void {
    if (!isJsonObject(event['content_block'])) return this.#problem(at, 'a content_block_start without a content_block');
    const index = event['index'];
    // A used index must not hide the earlier block, nor take its deltas: it is kept under a key of its own.
    const earlier = this.#blocks.get(index);
    if (earlier) {
      this.#problem(at, `a second block with index ${asText(index)}`);
      this.#blocks.set(Symbol('replaced'), earlier);
      this.#blocks.delete(index);
    }
    this.#blocks.set(index, { block: event['content_block'], json: '', stopped: false });
  }

  #delta(event: JsonObject, at: number): void {
    const open = this.#blocks.get(event['index']);
    const delta = event['delta'];
    if (!open) return this.#problem(at, `a delta for block ${asText(event['index'])}, which is not there`);
    if (!isJsonObject(delta)) return this.#problem(at, 'a content_block_delta without a delta');
    switch (delta['type']) {
      case 'text_delta':
        return this.#append(open, 'text', delta['text'], at);
      case 'thinking_delta':
        return this.#append(open, 'thinking', delta['thinking'], at);
      case 'signature_delta':
        open.block = { ...open.block, signature: delta['signature'] };
        return;
      case 'citations_delta': {
        const before = open.block['citations'];
        open.block = { ...open.block, citations: [...(isArray(before) ? before : []), delta['citation']] };
        return;
      }
      case 'input_json_delta':
        if (typeof delta['partial_json'] === 'string') open.json += delta['partial_json'];
        else this.#problem(at, 'an input_json_delta whose partial_json is not a string');
        return;
      default:
        return;
    }
  }

  #append(open: OpenBlock, field: 'text' | 'thinking', piece: unknown, at: number): void {
    if (typeof piece !== 'string') return this.#problem(at, `a ${field}_delta whose ${field} is not a string`);
    const before = open.block[field];
    open.block = { ...open.block, [field]: (typeof before === 'string' ? before : '') + piece };
  }

  #stop(event: JsonObject, at: number): void {
    const open = this.#blocks.get(event['index']);
    if (!open) return this.#problem(at, `a stop for block ${asText(event['index'])}, which is not there`);
    if (!open.stopped) this.#finishInput(open, at);
    open.stopped = true;
  }

  #finishInput(open: OpenBlock, at: number): void {
    if (open.json === '') return;
    const input = parsed(open.json);
    if (input === undefined) this.#problem(at, 'tool arguments that are not JSON');
    open.block = { ...open.block, input: input ?? null };
  }

  #messageDelta(event: JsonObject, at: number): void {
    const { delta, usage } = event;
    if (!isJsonObject(delta)) this.#problem(at, 'a message_delta without a delta');
    const before = this.#message?.['usage'];
    this.#message = {
      ...this.#message,
      ...(isJsonObject(delta) ? delta : {}),
      ...(isJsonObject(usage) ? { usage: { ...(isJsonObject(before) ? before : {}), ...withoutNulls(usage) } } : {}),
    };
  }

  #problem(at: number, message: string): void {
    this.#problems.push({ at, message });
  }
}

/** Content that a server put into message_start, where it does not belong; it is kept so that nothing is hidden. */
function startContent(message: JsonObject | undefined): readonly unknown[] {
  const content = message?.['content'];
  return isArray(content) ? content : [];
}

function withoutNulls(usage: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(usage).filter(([, value]) => value !== null));
}

function parsed(json: string): unknown {
  try {
    const value: unknown = JSON.parse(json);
    return value;
  } catch {
    return undefined;
  }
}

/** Like Array.isArray, which would make the elements `any`. */
function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
