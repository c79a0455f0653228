/** JSON with an indentation of two, in pieces: the text of a long record never stands in memory as a whole. */

/** How far pieces are taken apart: an entry of a list in the document, or in an object of it, is one piece. */
const depthOfPieces = 3;

/** What `JSON.stringify(document, undefined, 2)` gives, and a line end. */
export function* jsonPieces(document: unknown): Generator<string> {
  yield* piecesOf(document, '', depthOfPieces);
  yield '\n';
}

function* piecesOf(value: unknown, indentation: string, depth: number): Generator<string> {
  const entries = depth === 0 ? [] : entriesOf(value);
  if (entries.length === 0) {
    // Line ends inside of strings are escaped: those that stand in the text are JSON's own.
    yield (JSON.stringify(value, undefined, 2) ?? 'null').replaceAll('\n', `\n${indentation}`);
    return;
  }
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  let before = `${open}\n`;
  for (const [key, entry] of entries) {
    yield `${before}${indentation}  ${key}`;
    yield* piecesOf(entry, `${indentation}  `, depth - 1);
    before = ',\n';
  }
  yield `\n${indentation}${close}`;
}

/** With each key as it is written. */
function entriesOf(value: unknown): readonly (readonly [key: string, entry: unknown])[] {
  if (Array.isArray(value)) return value.map((entry: unknown) => ['', entry] as const);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .map(([key, entry]) => [`${JSON.stringify(key)}: `, entry] as const);
}
