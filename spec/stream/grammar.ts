// The published order of stream events, typed. The data itself is `spec/stream-grammar.json`.
// https://platform.claude.com/docs/en/build-with-claude/streaming
import data from '../stream-grammar.json' with { type: 'json' };

/** A state of the automaton. */
export type GrammarState = keyof typeof data.states;

/** Id of a rule that a stream can break; the requirement it stands for is `grammarRules[id]`. */
export type GrammarRule = keyof typeof data.rules;

/** Event types that the automaton acts on. All others, `ping` among them, are allowed everywhere. */
export type OrderedEvent = (typeof orderedEvents)[number];

/** What may happen in a state. */
export interface StateRow {
  readonly description: string;
  /** State after an allowed event. */
  readonly next: Readonly<Partial<Record<OrderedEvent, GrammarState>>>;
  /** Rule that an event breaks here. */
  readonly refused: Readonly<Partial<Record<OrderedEvent, GrammarRule>>>;
  /** Rules that are broken if a complete stream ends here. */
  readonly missingAtEnd: readonly GrammarRule[];
}

/** What may come inside a block of a type. */
export interface BlockRow {
  /** Kinds of deltas that belong to the block; empty if the start carries all. */
  readonly deltas: readonly string[];
  /** Kind of delta that comes exactly once, as the last one. */
  readonly once?: string;
}

const orderedEvents = [
  'message_start',
  'content_block_start',
  'content_block_delta',
  'content_block_stop',
  'message_delta',
  'message_stop',
  'error',
] as const;

// JSON modules are typed with wide strings; the test of this file checks that every name in the data exists.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
const grammar = data as unknown as {
  readonly states: Readonly<Record<GrammarState, StateRow>>;
  readonly rules: Readonly<Record<GrammarRule, string>>;
  readonly blocks: Readonly<Record<string, BlockRow>>;
};

/** The states of the automaton, which begins in `initial`. */
export const grammarStates: Readonly<Record<GrammarState, StateRow>> = grammar.states;

/** The requirement of every rule, as a sentence. */
export const grammarRules: Readonly<Record<GrammarRule, string>> = grammar.rules;

/** What a block type allows; undefined for a type that is not known, in which anything may come. */
export function blockRow(blockType: string | undefined): BlockRow | undefined {
  return blockType !== undefined && Object.hasOwn(grammar.blocks, blockType) ? grammar.blocks[blockType] : undefined;
}

/** True for a kind of delta that some known block type has. */
export function isKnownDelta(deltaType: string): boolean {
  return Object.values(grammar.blocks).some(({ deltas }) => deltas.includes(deltaType));
}

/** True for an event type that the automaton acts on. */
export function isOrderedEvent(type: string): type is OrderedEvent {
  return orderedEvents.some((known) => known === type);
}

/** The event types that are allowed in a state, as words. */
export function allowedIn(state: GrammarState): string {
  const allowed = Object.keys(grammar.states[state].next);
  return allowed.length === 0 ? 'the end of the stream' : allowed.join(' or ');
}
