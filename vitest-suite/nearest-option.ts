/** The option that begins like `word`, the case of letters aside; undefined where none shares its first three letters. */
export function nearestOption(word: string, names: readonly string[]): string | undefined {
  const [best] = names.map((name) => ({ name, shared: sharedStart(word, name) })).toSorted((a, b) => b.shared - a.shared);
  return best !== undefined && best.shared >= 3 ? best.name : undefined;
}

function sharedStart(a: string, b: string): number {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  let length = 0;
  while (length < left.length && left[length] === right[length]) length += 1;
  return length;
}
