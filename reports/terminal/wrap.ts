/** Lines that fit: words wrap, nothing is dropped. Only `oneLine` shortens, and shows that it did. */

/** Columns that a text takes: two for East Asian wide characters and emoji, none for combining marks. */
export function displayWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += columns(character);
  return width;
}

/** Breaks at spaces; a word longer than a line is broken where the line ends. At least one line. */
export function wrap(text: string, width: number): readonly string[] {
  const room = Math.max(width, 8);
  const lines: string[] = [];
  let line = '';
  for (const [index, word] of text.split(' ').entries()) {
    const joined = index === 0 ? word : `${line} ${word}`;
    if (displayWidth(joined) <= room) {
      line = joined;
      continue;
    }
    if (index > 0) lines.push(line);
    const pieces = split(word, room);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  return [...lines, line];
}

/** `wrap`, with `first` before the first line and its width in spaces before the others. */
export function hanging(first: string, text: string, width: number): readonly string[] {
  const indent = displayWidth(first);
  return wrap(text, width - indent).map((line, index) => (index === 0 ? first : ' '.repeat(indent)) + line);
}

/** The text on one line, its end replaced by `…` where it does not fit. For overviews whose full text stands elsewhere. */
export function oneLine(text: string, width: number): string {
  const room = Math.max(width, 8);
  if (displayWidth(text) <= room) return text;
  return `${(split(text, room - 1)[0] ?? '').trimEnd()}…`;
}

function split(word: string, room: number): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  let used = 0;
  for (const character of word) {
    const width = columns(character);
    if (used + width > room) {
      pieces.push(piece);
      piece = '';
      used = 0;
    }
    piece += character;
    used += width;
  }
  return [...pieces, piece];
}

const wide =
  /[\u{1100}-\u{115f}\u{2e80}-\u{303e}\u{3041}-\u{a4cf}\u{ac00}-\u{d7a3}\u{f900}-\u{faff}\u{fe30}-\u{fe6f}\u{ff00}-\u{ff60}\u{ffe0}-\u{ffe6}\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;

function columns(character: string): number {
  if (/\p{Mark}/u.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}
