/**
 * Blanks after the number of a content-length. They are allowed, but undici 8 counts each of them as a digit, and a whole body would be blamed
 * for its length. https://www.rfc-editor.org/rfc/rfc9110#section-5.5
 */

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;

const NUMBER = /^content-length: *\d+$/i;

/** More of a line than tells whether it is a content-length with a number that can be meant. */
const LONGEST = 64;

/** Takes those blanks out of one response. Starts with its first byte; what follows the head stays as it is. */
export function createBlankFilter(): (chunk: Buffer) => Buffer {
  let line = '';
  let held = 0;
  let isBody = false;
  return (chunk) => {
    if (isBody) return chunk;
    const kept = Buffer.alloc(held + chunk.length, SPACE);
    let length = 0;
    for (const [position, byte] of chunk.entries()) {
      if (byte === SPACE && NUMBER.test(line)) {
        held += 1;
        continue;
      }
      if (byte !== CR) length += held;
      held = 0;
      kept[length] = byte;
      length += 1;
      if (byte !== LF) {
        if (line.length < LONGEST) line += String.fromCharCode(byte);
      } else if (line === '\r') {
        isBody = true;
        return Buffer.concat([kept.subarray(0, length), chunk.subarray(position + 1)]);
      } else line = '';
    }
    return kept.subarray(0, length);
  };
}
