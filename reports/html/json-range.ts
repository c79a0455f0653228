/** Where in a JSON text the value of a pointer stands, so that it can be marked as it came, not as it would be written anew. */

export interface TextRange {
  readonly start: number;
  readonly end: number;
  /** False where there is no such value: the range is then the nearest object or array around its place. */
  readonly isExact: boolean;
}

/** Undefined for text that is not JSON up to that place. https://www.rfc-editor.org/rfc/rfc6901 */
export function rangeAt(json: string, pointer: string): TextRange | undefined {
  const names = pointer.split('/').slice(1).map(unescaped);
  let start = skipSpace(json, 0);
  for (const name of names) {
    const inner = json[start] === '{' ? memberAt(json, start, name) : json[start] === '[' ? itemAt(json, start, name) : undefined;
    if (inner === undefined) return rangeFrom(json, start, false);
    start = inner;
  }
  return rangeFrom(json, start, true);
}

function unescaped(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~');
}

function rangeFrom(json: string, start: number, isExact: boolean): TextRange | undefined {
  const end = skipValue(json, start);
  return end === undefined || end === start ? undefined : { start, end, isExact };
}

/** Where the value of a member begins. Of equal names the last counts, as in every parser. */
function memberAt(json: string, open: number, name: string): number | undefined {
  let found: number | undefined;
  let at = skipSpace(json, open + 1);
  while (json[at] === '"') {
    const keyEnd = skipValue(json, at);
    if (keyEnd === undefined) break;
    const start = skipSpace(json, skipSpace(json, keyEnd) + 1);
    if (stringAt(json, at, keyEnd) === name) found = start;
    const end = skipValue(json, start);
    if (end === undefined) break;
    at = skipSpace(json, end);
    if (json[at] !== ',') break;
    at = skipSpace(json, at + 1);
  }
  return found;
}

function itemAt(json: string, open: number, name: string): number | undefined {
  let at = skipSpace(json, open + 1);
  for (let index = 0; json[at] !== ']'; index += 1) {
    if (String(index) === name) return at;
    const end = skipValue(json, at);
    if (end === undefined || end === at) return undefined;
    at = skipSpace(json, end);
    if (json[at] !== ',') return undefined;
    at = skipSpace(json, at + 1);
  }
  return undefined;
}

function stringAt(json: string, start: number, end: number): unknown {
  try {
    const value: unknown = JSON.parse(json.slice(start, end));
    return value;
  } catch {
    return undefined;
  }
}

function skipSpace(json: string, at: number): number {
  const space = /[ \t\r\n]*/y;
  space.lastIndex = at;
  space.test(json);
  return space.lastIndex;
}

/** The end of the value that begins there; undefined where it does not end. */
function skipValue(json: string, start: number): number | undefined {
  // A bracket, or a run of anything but strings.
  const token = /[{}[\],:]|[^"{}[\],:\s]+/sy;
  let depth = 0;
  let at = start;
  for (;;) {
    at = skipSpace(json, at);
    token.lastIndex = at;
    const found = json[at] === '"' ? '"' : token.exec(json)?.[0];
    if (found === undefined) return undefined;
    if (depth === 0 && /^[}\],:]/.test(found)) return start;
    if (found === '{' || found === '[') depth += 1;
    if (found === '}' || found === ']') depth -= 1;
    const end = found === '"' ? stringEnd(json, at) : token.lastIndex;
    if (end === undefined) return undefined;
    at = end;
    if (depth === 0) return at;
  }
}

/** A loop and not an expression: strings of megabytes exhaust the stack of one. */
function stringEnd(json: string, open: number): number | undefined {
  for (let quote = json.indexOf('"', open + 1); quote !== -1; quote = json.indexOf('"', quote + 1)) {
    let slashes = 0;
    while (json[quote - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return quote + 1;
  }
  return undefined;
}
