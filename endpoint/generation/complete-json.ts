/**
 * The object that a cut JSON text had begun. A tool call cut by `max_tokens` must still have an object as its `input`
 * (in a JSON answer), and the official SDK completes the fragments of a stream in the same way. The text stays as the model wrote it:
 * parsed and written anew, 9007199254740993 would end in 2, and 1e400 would be null.
 */

/**
 * The longest JSON object that the text's beginning makes: open strings, arrays and objects are closed, a dangling key, half a literal and
 * what is no JSON are dropped. Text that is no object gives `{}`. Takes time in proportion to the text.
 */
export function completeJson(text: string): string {
  const start = afterSpace(text, 0);
  return text.charAt(start) === '{' ? new Completion(text, start).run() : '{}';
}

/** What may stand next: in an object or list that has just begun also its end. */
type Expected = 'first-key' | 'key' | 'colon' | 'first-value' | 'value' | 'more' | 'nothing';

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const literals = ['true', 'false', 'null'] as const;

class Completion {
  readonly #text: string;
  readonly #start: number;
  #at: number;
  #expected: Expected = 'value';
  /** What closes the objects and lists that are open. */
  readonly #closers: string[] = [];
  /** Up to here, with its closers, the text is an object. */
  #end: number;
  /** Closes the string that the text ends in. */
  #quote = '';

  constructor(text: string, start: number) {
    this.#text = text;
    this.#start = start;
    this.#at = start;
    this.#end = start;
  }

  run(): string {
    while (this.#expected !== 'nothing' && this.#step()) this.#at = afterSpace(this.#text, this.#at);
    return this.#text.slice(this.#start, this.#end) + this.#quote + this.#closers.toReversed().join('');
  }

  /** Goes past the next part; false where there is none, or none that may stand here. */
  #step(): boolean {
    const character = this.#text.charAt(this.#at);
    if (character === this.#closers.at(-1)) return this.#mayEnd() && this.#close();
    switch (this.#expected) {
      case 'first-key':
      case 'key':
        return character === '"' && this.#key();
      case 'colon':
        return character === ':' && this.#pass('value');
      case 'more':
        return character === ',' && this.#pass(this.#closers.at(-1) === '}' ? 'key' : 'value');
      case 'first-value':
      case 'value':
        return this.#value(character);
      case 'nothing':
        return false;
    }
  }

  #mayEnd(): boolean {
    return this.#expected === 'first-key' || this.#expected === 'first-value' || this.#expected === 'more';
  }

  #pass(expected: Expected): boolean {
    this.#at += 1;
    this.#expected = expected;
    return true;
  }

  #key(): boolean {
    const end = endOfString(this.#text, this.#at);
    if (!end.isClosed) return false;
    this.#at = end.at;
    this.#expected = 'colon';
    return true;
  }

  #value(character: string): boolean {
    if (character === '{') return this.#open('}', 'first-key');
    if (character === '[') return this.#open(']', 'first-value');
    if (character === '"') return this.#string();
    const length = literals.find((literal) => this.#text.startsWith(literal, this.#at))?.length ?? this.#numberLength();
    return length > 0 && this.#ended(this.#at + length);
  }

  #numberLength(): number {
    number.lastIndex = this.#at;
    return number.exec(this.#text)?.[0].length ?? 0;
  }

  #open(closer: string, expected: Expected): boolean {
    this.#closers.push(closer);
    this.#end = this.#at + 1;
    return this.#pass(expected);
  }

  #close(): boolean {
    this.#closers.pop();
    return this.#ended(this.#at + 1);
  }

  #string(): boolean {
    const end = endOfString(this.#text, this.#at);
    if (end.isClosed) return this.#ended(end.at);
    this.#end = end.at;
    this.#quote = '"';
    return false;
  }

  /** A value is whole. */
  #ended(at: number): boolean {
    this.#at = at;
    this.#end = at;
    this.#expected = this.#closers.length === 0 ? 'nothing' : 'more';
    return true;
  }
}

/** Where the string ends that begins here: behind its quote, or behind the last character that is whole. */
function endOfString(text: string, start: number): { readonly at: number; readonly isClosed: boolean } {
  let at = start + 1;
  // Where the first half of a pair of surrogates stands that is still without its second.
  let half: number | undefined;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    if (unit === 0x22) return { at: at + 1, isClosed: true };
    const length = unit === 0x5c ? escapeLength(text, at) : unit < 0x20 ? 0 : 1;
    if (length === 0) break;
    const value = length === 6 ? Number.parseInt(text.slice(at + 2, at + 6), 16) : unit;
    half = value >= 0xd800 && value < 0xdc00 ? at : undefined;
    at += length;
  }
  return { at: half ?? at, isClosed: false };
}

const escaped = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** 2 or 6; 0 where it is cut or none. */
function escapeLength(text: string, at: number): number {
  escaped.lastIndex = at;
  return escaped.exec(text)?.[0].length ?? 0;
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\n\r'.includes(text.charAt(at))) at += 1;
  return at;
}
