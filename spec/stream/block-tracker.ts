// Follows the content blocks of a stream: which are open, which index comes next, which deltas belong where.
// https://platform.claude.com/docs/en/build-with-claude/streaming
import { blockRow, isKnownDelta } from './grammar.ts';
import type { GrammarEvent } from './grammar-event.ts';
import type { ViolationLog } from './violation.ts';

interface Block {
  readonly index: number;
  /** Undefined if the start named no type: then every delta fits. */
  readonly type: string | undefined;
  /** Whether the delta of the kind that comes once, as the last one, has come. */
  sealed: boolean;
  /** Where the block should have been stopped, once something came that needs it closed. */
  leftOpenAt?: { readonly at: number; readonly by: string };
}

/** The states in which block events may come. */
type BlockState = 'open' | 'block';

/** Judges block events. Whether a block event may come at all is the automaton's business. */
export class BlockTracker {
  readonly #log: ViolationLog;
  /** Open blocks by index, oldest first; more than one only after a mistake. */
  readonly #open = new Map<number, Block>();
  readonly #closed = new Set<number>();
  #next = 0;
  #started = false;
  /** The block started last, open or not. */
  #latest: Block | undefined;

  constructor(log: ViolationLog) {
    this.#log = log;
  }

  /** Takes a block event in its place, and tells whether a block is open afterwards. */
  read(at: number, event: GrammarEvent, state: BlockState): BlockState {
    const index = this.#indexOf(at, event, state);
    if (event.type === 'content_block_start') this.#start(at, index, event.blockType, state);
    else if (event.type === 'content_block_delta') this.#delta(at, index, event.deltaType, state);
    else this.#stop(at, index, state);
    return this.#open.size > 0 ? 'block' : 'open';
  }

  /** Takes a block event that came too late, so that a late stop is not reported as a missing one too. */
  readLate(event: GrammarEvent): void {
    const index = typeof event.index === 'number' ? event.index : this.#current()?.index;
    if (event.type === 'content_block_stop' && index !== undefined) this.#open.delete(index);
  }

  /** Notes that something came which needs every block closed. */
  leaveOpen(at: number, by: string): void {
    const block = this.#current();
    // Older ones were noted when this one started.
    if (block) block.leftOpenAt ??= { at, by };
  }

  /** Reports the blocks that were never stopped. `endAt` is the end of a complete stream; undefined if it was cut. */
  finish(endAt: number | undefined): void {
    for (const { index, leftOpenAt } of this.#open.values()) {
      const place = leftOpenAt ?? (endAt === undefined ? undefined : { at: endAt, by: 'the end of the stream' });
      if (place) this.#log.add(place.at, 'block-stop-each', 'block', `content_block_stop with index ${index}`, place.by, `${index}`);
    }
  }

  #start(at: number, index: number, type: string | undefined, state: BlockState): void {
    this.leaveOpen(at, 'content_block_start');
    if (index !== this.#next) {
      const rule = this.#started ? 'index-contiguous' : 'index-zero-based';
      this.#log.add(at, rule, state, `index ${this.#next}`, `index ${index}`, `${index}`);
    }
    this.#begin(index, type);
  }

  #begin(index: number, type: string | undefined): void {
    this.#started = true;
    this.#next = index + 1;
    this.#closed.delete(index);
    this.#open.delete(index);
    this.#latest = { index, type, sealed: false };
    this.#open.set(index, this.#latest);
  }

  #delta(at: number, index: number, kind: string | undefined, state: BlockState): void {
    const block = this.#open.get(index);
    if (!block) return this.#notStarted(at, index, 'content_block_delta', state);
    this.#noteInterleaving(block);
    const row = blockRow(block.type);
    if (kind === undefined || !row) return;
    if (row.deltas.includes(kind)) {
      // At once, not at the stop: a stream that fails has none.
      if (block.sealed) this.#log.add(at, 'signature-once', state, `one ${row.once}, last in the block`, `a ${kind} after it`, `${index}`);
      else block.sealed = kind === row.once;
    } else if (isKnownDelta(kind)) {
      const expected = row.deltas.join(' or ') || 'no delta';
      this.#log.add(at, 'delta-kind-matches-block', state, `${expected} in a ${block.type} block`, kind, `${index} ${kind}`);
    }
  }

  #stop(at: number, index: number, state: BlockState): void {
    const block = this.#open.get(index);
    if (!block && this.#closed.has(index)) {
      return this.#log.add(at, 'block-stop-each', state, 'one stop for each block', `a second one with index ${index}`, `${index}`);
    }
    if (!block) return this.#notStarted(at, index, 'content_block_stop', state);
    this.#noteInterleaving(block);
    this.#open.delete(index);
    this.#closed.add(index);
    const once = blockRow(block.type)?.once;
    if (once !== undefined && !block.sealed) {
      this.#log.add(at, 'signature-once', state, `one ${once}, last in the block`, 'none', `${index}`);
    }
  }

  /** An event for a block that nobody started. If none is open, the start was lost: then its index is used up all the same. */
  #notStarted(at: number, index: number, found: string, state: BlockState): void {
    this.#log.add(at, 'block-start-before-delta', state, this.#expectedIndex(), `${found} with index ${index}`, `${index}`);
    if (state === 'open' && index === this.#next) this.#next = index + 1;
  }

  /** An event for a block that should have been closed, because a later one was started, shows that the two are interleaved. */
  #noteInterleaving(block: Block): void {
    if (block.leftOpenAt?.by !== 'content_block_start') return;
    const { at, by } = block.leftOpenAt;
    this.#log.add(at, 'no-interleave', 'block', `content_block_stop with index ${block.index}`, by, `${block.index}`);
  }

  /** The index of an event; a missing or malformed one is reported once and taken to be the index that would be right. */
  #indexOf(at: number, event: GrammarEvent, state: BlockState): number {
    const { index } = event;
    if (typeof index === 'number' && Number.isInteger(index) && index >= 0) return index;
    this.#log.add(at, 'index-integer', state, 'an integer, 0 or more', JSON.stringify(index) ?? 'no index', '');
    return event.type === 'content_block_start' ? this.#next : (this.#current()?.index ?? this.#next);
  }

  #current(): Block | undefined {
    return this.#latest !== undefined && this.#open.get(this.#latest.index) === this.#latest ? this.#latest : undefined;
  }

  #expectedIndex(): string {
    const current = this.#current();
    return current ? `index ${current.index}, the open block` : 'content_block_start first';
  }
}
