/**
 * Interim responses (1xx) before the real one. A client must read past any number of them, but undici gives up at a `100 Continue` that
 * it did not ask for, and that would be blamed on the server. https://www.rfc-editor.org/rfc/rfc9110#section-15.2
 */

/** `101` is not skipped: it ends HTTP on the connection. */
const INTERIM = /^HTTP\/1\.[01] 1(?!01)\d\d[ \r\n]/;

/** Long enough to tell an interim response from another. */
const PREFIX = 'HTTP/1.1 100 '.length;

const NOTHING = Buffer.alloc(0);

/** Removes interim responses from the bytes of one response. */
export interface InterimFilter {
  /** @returns what follows them, which may be nothing yet. */
  push(chunk: Buffer): Buffer;
  /** What has come of a head that is not finished and may still be an interim one. */
  readonly held: Buffer;
}

/** Starts with a response's first byte. Holds back at most one unfinished head; whoever feeds it bounds that. */
export function createInterimFilter(): InterimFilter {
  let held: Buffer = NOTHING;
  let isFinal = false;
  return {
    get held() {
      return held;
    },
    push(chunk) {
      if (isFinal) return chunk;
      let rest = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      held = NOTHING;
      for (;;) {
        const start = rest.toString('latin1', 0, PREFIX);
        if (start.length < PREFIX && 'HTTP/1.'.startsWith(start.slice(0, 7))) break;
        if (!INTERIM.test(start)) {
          isFinal = true;
          return rest;
        }
        const end = rest.indexOf('\r\n\r\n');
        if (end === -1) break;
        rest = rest.subarray(end + 4);
        if (rest.length === 0) return rest;
      }
      held = rest;
      return NOTHING;
    },
  };
}
