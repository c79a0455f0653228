/** A mistake in what was typed: exit 2, one sentence, no stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** `; did you mean --model?` for the nearest candidate, empty where none is near. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const nearest = nearestTo(word, candidates);
  return nearest === undefined ? '' : `; did you mean ${nearest}?`;
}

const longestMistake = 200;

/** The candidate that a typing mistake may have made into `word`: few edits away, or containing it. */
export function nearestTo(word: string, candidates: readonly string[]): string | undefined {
  // Nobody mistypes a name into a page of text, and comparing takes the product of the lengths.
  if (word.length > longestMistake) return undefined;
  const lower = word.toLowerCase();
  const [best] = candidates
    .map((candidate) => ({ candidate, distance: editDistance(lower, candidate.toLowerCase()) }))
    .toSorted((a, b) => a.distance - b.distance);
  if (best !== undefined && best.distance <= Math.max(2, Math.floor(word.length / 4))) return best.candidate;
  return word.length < 3 ? undefined : candidates.find((candidate) => candidate.toLowerCase().includes(lower));
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, left] of a.split('').entries()) {
    const next = [i + 1];
    for (const [j, right] of b.split('').entries()) {
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (left === right ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? a.length;
}

/** `a, b or c`. */
export function oneOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
