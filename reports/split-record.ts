/**
 * Parses the JSON of a run record piece by piece: exchanges, which make nearly all of a long one, are parsed one at a time, so that the
 * text of the whole never stands in memory beside what it says.
 */
import { isJsonObject } from '../spec/json.ts';

export interface RecordSplitter {
  /** The next bytes of the file; they are kept, not copied. */
  push(bytes: Buffer): void;
  /** @returns what `JSON.parse` of the whole would, a byte order mark aside. @throws SyntaxError where that would. */
  end(): unknown;
  /** Whether the text ended inside a string, an object or a list. */
  isCutShort(): boolean;
  /** Everything but the exchanges, so far. */
  frame(): Buffer;
  /** How deep lists and objects stand in each other, at most. */
  levels(): number;
}

const code = { quote: 0x22, comma: 0x2c, backslash: 0x5c, open: 0x5b, close: 0x5d, openObject: 0x7b, closeObject: 0x7d } as const;

/** Depth of the commas between exchanges: inside the document, inside the list. */
const listDepth = 2;

export function splitRecord(): RecordSplitter {
  const outside: Buffer[] = [];
  let exchanges: unknown[] | undefined;
  /** The text since the last comma of the list; undefined outside of it. */
  let element: Buffer[] | undefined;
  let depth = 0;
  let deepest = 0;
  let isString = false;
  let isEscaped = false;
  let isEnded = false;

  /** Where the string that goes on here ends; the length of the piece where it goes on in the next. */
  const endOfString = (bytes: Buffer, from: number): number => {
    // A local for what the loop reads at every byte: most of a record is strings.
    let at = isEscaped ? from + 1 : from;
    while (at < bytes.length && bytes[at] !== code.quote) at += bytes[at] === code.backslash ? 2 : 1;
    // A piece may end behind a backslash.
    isEscaped = at > bytes.length;
    return Math.min(at, bytes.length);
  };

  const endElement = (isLast: boolean): void => {
    const text = Buffer.concat(element ?? []).toString();
    const isEmptyList = isLast && exchanges?.length === 0 && text.trim() === '';
    if (!isEmptyList) exchanges?.push(JSON.parse(text));
  };

  return {
    push(bytes) {
      let from = 0;
      const take = (to: number): void => {
        (element ?? outside).push(bytes.subarray(from, to));
        from = to;
      };
      for (let at = 0; at < bytes.length; at += 1) {
        if (isString) {
          at = endOfString(bytes, at);
          if (at === bytes.length) break;
          isString = false;
          continue;
        }
        const byte = bytes[at] ?? 0;
        switch (byte) {
          case code.quote:
            isString = true;
            break;
          case code.openObject:
          case code.open:
            depth += 1;
            if (depth > deepest) deepest = depth;
            if (byte === code.open && depth === listDepth && element === undefined) {
              take(at + 1);
              if (isExchangesList(outside)) [exchanges, element] = [[], []];
            }
            break;
          case code.closeObject:
          case code.close:
            if (depth === listDepth && element !== undefined) {
              take(at);
              endElement(true);
              element = undefined;
            }
            depth -= 1;
            break;
          case code.comma:
            if (depth === listDepth && element !== undefined) {
              take(at);
              endElement(false);
              element = [];
              from = at + 1;
            }
        }
      }
      take(bytes.length);
    },
    end() {
      isEnded = true;
      const text = Buffer.concat(outside).toString();
      const frame: unknown = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
      // Of keys that stand twice, the last one counts; it may be no list.
      const isListed = isJsonObject(frame) && Array.isArray(frame['exchanges']);
      return exchanges === undefined || !isListed ? frame : { ...frame, exchanges };
    },
    isCutShort: () => isEnded && (depth > 0 || isString),
    frame: () => Buffer.concat(outside),
    levels: () => deepest,
  };
}

/** Whether the list that opens here is the value of `exchanges`. */
function isExchangesList(outside: readonly Buffer[]): boolean {
  // A key may stand in two pieces, of which the second may be short.
  const tail = Buffer.concat(outside.slice(-3).map((bytes) => bytes.subarray(-64))).toString('latin1');
  return /[{,]\s*"exchanges"\s*:\s*\[$/.test(tail);
}
