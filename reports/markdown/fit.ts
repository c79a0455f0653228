/** Sections into a bound of bytes: those that come first get the room, and what does not fit is counted where it would have stood. */

export interface Section {
  readonly title: string;
  /** Stands before the items, as the head of a table does. */
  readonly head?: string;
  readonly items: readonly string[];
}

/** Room for one heading and `and 400 more`, with reserve. */
const overhead = 256;

/**
 * @param most bytes of UTF-8 that the text may take
 * @param start what stands before the sections, whatever its length
 */
export function fitted(start: string, sections: readonly Section[], most: number): string {
  const wanted = sections.filter(({ items }) => items.length > 0);
  let text = start;
  let used = Buffer.byteLength(text);
  for (const [index, { title, head = '', items }] of wanted.entries()) {
    // The sections behind it keep enough to say that they are there.
    const room = most - (wanted.length - index - 1) * overhead - overhead / 2;
    let section = `\n## ${title}\n\n${head}`;
    used += Buffer.byteLength(section);
    let shown = 0;
    for (const item of items) {
      const size = Buffer.byteLength(item);
      if (used + size > room) break;
      section += item;
      used += size;
      shown += 1;
    }
    const rest = shown === items.length ? '' : `\n${shown === 0 ? items.length : `And ${items.length - shown} more`} in the record.\n`;
    used += Buffer.byteLength(rest);
    text += section + rest;
  }
  return text;
}
