/**
 * From the deltas of chat completions, where thinking, text and several calls may come mixed, to content blocks, which come one after
 * the other. The first unfinished block is told as it grows; what belongs to a later one waits until that one is finished.
 */
import type { BackendEvent } from '../../endpoint/backend.ts';
import { createStopMatcher, type StopMatcher } from '../../endpoint/stop-matcher.ts';
import { signThinking } from '../output/signature.ts';
import { CallBlock } from './call-block.ts';
import type { ChatPlan } from './chat-request.ts';
import type { CallFragment, Chunk } from './chunk.ts';
import { brokenReply, quoted } from './engine-error.ts';

interface TextBlock {
  readonly kind: 'text' | 'thinking';
  /** All of it, and what has not been told. Taken apart each time, a long text would be copied for every token. */
  text: string;
  untold: string;
}

type Block = TextBlock | CallBlock;

/** More than any request could send back, with what each piece costs beside its characters. */
const heaviestReply = 32 * 1024 * 1024;
const weightOfPiece = 64;
/** More calls than anybody makes at once: each fragment looks for its own among them. */
const mostCalls = 1000;

export class ReplyBlocks {
  readonly #plan: ChatPlan;
  /** Those that are not finished, and those that wait for them. */
  #waiting: Block[] = [];
  /** All of the calls: a late fragment may belong to any. */
  readonly #calls: CallBlock[] = [];
  #matcher: StopMatcher;
  /** Blank text that is only worth telling if more follows: a text block must not be blank. */
  #blank = '';
  #hasText = false;
  #weight = 0;
  #allText = '';
  matchedStop: string | undefined;
  /** Whether a second call began where only one was wanted. */
  isOver = false;

  constructor(plan: ChatPlan) {
    this.#plan = plan;
    this.#matcher = createStopMatcher(plan.stopSequences);
  }

  get calls(): number {
    return this.#calls.length;
  }

  /** Whether the last call still lacks something. */
  get isInCall(): boolean {
    const last = this.#waiting.at(-1);
    return last?.kind === 'call' && !last.isComplete;
  }

  /** All text so far. */
  get text(): string {
    return this.#allText;
  }

  *push(chunk: Chunk): Generator<BackendEvent, void> {
    const { reasoning, text, calls } = chunk;
    this.#weight += weightOf(chunk);
    if (this.#weight > heaviestReply) throw brokenReply('sent a reply without end');
    if (reasoning !== '' && this.#plan.showsThinking) {
      this.#endText();
      this.#append('thinking', reasoning);
    }
    // Before a forced call there is no text in the API; llama.cpp lets the model talk first.
    if (text !== '' && !this.#plan.isForced) this.#addText(this.#matcher.push(text));
    for (const fragment of calls) {
      if (this.matchedStop !== undefined || this.isOver) break;
      this.#addCall(fragment);
    }
    yield* this.#tell();
  }

  /** There is nothing more. `isCut`: the last block may lack its end. */
  *finish(isCut: boolean): Generator<BackendEvent, void> {
    this.#endText();
    yield* this.#tell();
    for (const [position, block] of this.#waiting.entries()) {
      const isLast = position === this.#waiting.length - 1;
      yield* this.#grow(block, true);
      if (block.kind === 'call' && !block.isComplete && isCut) return;
      if (!(isCut && isLast)) yield* close(block);
    }
    this.#waiting = [];
  }

  #addText({ text, matched }: { readonly text: string; readonly matched?: string }): void {
    this.#addVisible(text);
    if (matched !== undefined) this.matchedStop = matched;
  }

  #addVisible(text: string): void {
    const last = this.#waiting.at(-1);
    const begins = last?.kind !== 'text';
    const all = this.#blank + text;
    const isBlankCounted = this.#plan.isContinued && !this.#hasText && this.#calls.length === 0;
    if (begins && all.trim() === '') {
      this.#blank = all;
      return;
    }
    this.#blank = '';
    this.#hasText = true;
    const visible = begins && !isBlankCounted ? all.trimStart() : all;
    this.#allText += visible;
    this.#append('text', visible);
  }

  /** What the matcher held back cannot become a stop sequence any more: none goes across blocks. */
  #endText(): void {
    if (this.matchedStop !== undefined) return;
    const held = this.#matcher.flush();
    if (held !== '') this.#addVisible(held);
    this.#blank = '';
    this.#matcher = createStopMatcher(this.#plan.stopSequences);
  }

  #append(kind: TextBlock['kind'], text: string): void {
    const last = this.#waiting.at(-1);
    if (last?.kind === kind) {
      last.text += text;
      last.untold += text;
    } else this.#waiting.push({ kind, text, untold: text });
  }

  #addCall(fragment: CallFragment): void {
    this.#endText();
    const call = this.#callOf(fragment);
    if (call !== undefined) {
      if (this.#waiting.includes(call)) call.add(fragment);
      else if (fragment.json.trim() !== '') throw brokenReply('went on with a tool call that was complete');
      return;
    }
    if (this.#plan.isSingleCall && this.#calls.length > 0) {
      this.isOver = true;
      return;
    }
    if (this.#calls.length === mostCalls) throw brokenReply('sent tool calls without end');
    const opened = new CallBlock(fragment);
    opened.add(fragment);
    this.#calls.push(opened);
    this.#waiting.push(opened);
  }

  /**
   * The call that a fragment goes on with. By its index, except that a new id with a name is a new call even where the index repeats
   * (sglang#39782, Ollama); without an index by its id, else the last one.
   */
  #callOf({ index, id, name }: CallFragment): CallBlock | undefined {
    const same = this.#calls.findLast((call) => (index === undefined ? id === undefined || call.id === id : call.index === index));
    const isAnother = same?.id !== undefined && id !== undefined && id !== same.id && name !== undefined;
    return isAnother || (index === undefined && id === undefined && name !== undefined) ? undefined : same;
  }

  /** Tells what is new of the first block, and goes on to the next ones as blocks are finished. */
  *#tell(): Generator<BackendEvent, void> {
    for (;;) {
      const [block, next] = this.#waiting;
      if (block === undefined) return;
      yield* this.#grow(block, next !== undefined);
      if (next === undefined || (block.kind === 'call' && !block.isComplete)) return;
      yield* close(block);
      this.#waiting.shift();
    }
  }

  *#grow(block: Block, isWhole: boolean): Generator<BackendEvent, void> {
    if (block.kind === 'call') {
      yield* block.tell((name) => this.#refuseUnasked(name));
      return;
    }
    // An engine may cut in the middle of a character.
    const end = !isWhole && /[\uD800-\uDBFF]$/.test(block.untold) ? -1 : undefined;
    const told = block.untold.slice(0, end).toWellFormed();
    if (told === '') return;
    block.untold = block.untold.slice(told.length);
    // A block of its own where a call was between.
    yield block.kind === 'thinking' ? { type: 'thinking', thinking: told } : { type: 'text', text: told };
  }

  /** A name that nobody offered is the model's slip, and clients answer it; a call against `tool_choice` is the engine's fault. */
  #refuseUnasked(name: string): void {
    if (this.#plan.callable.size === 0) throw brokenReply(`called the tool ${quoted(name)}, although it must not call any`);
    if (this.#plan.isForced && !this.#plan.callable.has(name))
      throw brokenReply(`called the tool ${quoted(name)}, which tool_choice does not allow`);
  }
}

function weightOf({ reasoning, text, calls }: Chunk): number {
  const weights = calls.map(({ json }) => json.length + weightOfPiece);
  return weights.reduce((sum, weight) => sum + weight, reasoning.length + text.length + weightOfPiece);
}

function* close(block: Block): Generator<BackendEvent, void> {
  if (block.kind === 'call') block.assertSound();
  if (block.kind === 'thinking') yield { type: 'signature', signature: signThinking(block.text.toWellFormed()) };
}
