/** Finds stop sequences in text that comes in pieces, and never lets a part of one out. */

export interface StopMatch {
  /** Text that is safe to send: no part of it can belong to a stop sequence. */
  readonly text: string;
  /** The sequence that was found. `text` ends before it, and nothing after it counts. */
  readonly matched?: string;
}

export interface StopMatcher {
  /** Takes the next piece. What might be the beginning of a stop sequence is held back. After a match everything is swallowed. */
  push(text: string): StopMatch;
  /** The generation ended without a match: what was held back is safe after all. */
  flush(): string;
}

/**
 * A matcher for these sequences; empty ones are ignored. The one that is complete first wins, because a generation stops there; of those
 * complete at the same place, the longest. So the result does not depend on how the text was cut into pieces.
 */
export function createStopMatcher(sequences: readonly string[]): StopMatcher {
  const stops = sequences.filter((sequence) => sequence !== '');
  let held = '';
  let isMatched = false;
  return {
    push(text) {
      if (isMatched) return { text: '' };
      held += text;
      const found = firstMatch(held, stops);
      if (found !== undefined) {
        const safe = held.slice(0, found.start);
        isMatched = true;
        held = '';
        return { text: safe, matched: found.sequence };
      }
      const keep = heldLength(held, stops);
      const safe = held.slice(0, held.length - keep);
      held = held.slice(held.length - keep);
      return { text: safe };
    },
    flush() {
      const rest = held;
      held = '';
      return rest;
    },
  };
}

interface Found {
  readonly sequence: string;
  readonly start: number;
}

function firstMatch(text: string, stops: readonly string[]): Found | undefined {
  let first: Found | undefined;
  for (const sequence of stops) {
    const start = text.indexOf(sequence);
    if (start >= 0 && (first === undefined || isBefore({ sequence, start }, first))) first = { sequence, start };
  }
  return first;
}

function isBefore(a: Found, b: Found): boolean {
  const difference = a.start + a.sequence.length - (b.start + b.sequence.length);
  return difference < 0 || (difference === 0 && a.start < b.start);
}

/** Length of the longest end of the text with which a stop sequence could begin. */
function heldLength(text: string, stops: readonly string[]): number {
  let longest = 0;
  for (const sequence of stops) {
    for (let length = Math.min(sequence.length - 1, text.length); length > longest; length -= 1) {
      if (text.endsWith(sequence.slice(0, length))) longest = length;
    }
  }
  return longest;
}
