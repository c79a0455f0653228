/** What somebody may have meant who wrote a name that does not exist. */

/** The name that a slip of the pen, or an abbreviation, may have made into `word`; undefined where none is near. */
export function nearestName(word: string, names: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  const mostEdits = Math.max(1, Math.floor(word.length / 3));
  // A word that is longer or shorter by more than that takes more edits; counting them in a text of a megabyte would take minutes.
  const [best] = names
    .filter((name) => Math.abs(name.length - word.length) <= mostEdits)
    .map((name) => ({ name, edits: editsBetween(lower, name.toLowerCase()) }))
    .toSorted((a, b) => a.edits - b.edits);
  if (best !== undefined && best.edits <= mostEdits) return best.name;
  const abbreviated = lower.length < 2 ? [] : names.filter((name) => abbreviates(lower, name.toLowerCase()));
  return abbreviated.length === 1 ? abbreviated[0] : undefined;
}

/** Whether its letters occur in the name in their order: `tps` in `tokensPerSecond`. */
function abbreviates(word: string, name: string): boolean {
  let at = 0;
  for (const letter of name) if (letter === word[at]) at += 1;
  return at === word.length && word[0] === name[0];
}

/** Levenshtein distance. */
function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, left] of Array.from(a).entries()) {
    const next = [i + 1];
    for (const [j, right] of Array.from(b).entries()) {
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (left === right ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? a.length;
}
