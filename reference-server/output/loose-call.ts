/** Reads a tool call that no grammar held to its form: it is a call if it turns out to be one, else the model wrote something that looks like it. */
import type { LooseForm } from '../families/family.ts';
import { isJsonObject } from '../../spec/json.ts';
import { JsonEnd } from './json-end.ts';
import { memberText, withoutSpace } from './json-source.ts';

export interface LooseCallResult {
  readonly name: string;
  /** The arguments: one JSON object, or the beginning of it where the reply was cut. */
  readonly json: string;
}

/** What the parser asks of a call that may turn out to be none. */
export interface UnheldCall {
  /** What came so far, up to the end of the call. */
  readonly body: string;
  /** What came after the end of the call. */
  readonly rest: string;
  readonly isComplete: boolean;
  /** Whether this can be no call any more. */
  readonly isRefused: boolean;
  readonly isInString: boolean;
  push(piece: string): void;
  /** The call that has come, if it is one: of an offered tool, with an object of arguments. */
  result(): LooseCallResult | undefined;
  /** What has come of a call that was cut short, from its arguments on. */
  cutResult(): LooseCallResult | undefined;
}

/** A text in which no name has ended by now has none. */
const longestHead = 256;
/** A call comes back in a request, and those may be nested 200 deep. */
const deepest = 150;
/** A JSON object that begins as calls do, and what came of the name. */
const nameFirst = /^\{\s*(?:"type"\s*:\s*"function"\s*,\s*)?"name"\s*:\s*"([^"\\]*)("?)/u;
/** One whose name is no string. */
const noName = /^\{\s*"name"\s*:\s*[^\s"]/u;

export class LooseCall implements UnheldCall {
  readonly #form: LooseForm;
  readonly #toolNames: ReadonlySet<string>;
  readonly #json = new JsonEnd();
  #name: string | undefined;
  #body = '';
  /** Where the JSON begins and how far it was read. */
  #start = -1;
  #at = 0;
  #isNameRead = false;
  #isRefused = false;

  /** `name` where it is known before the call begins. */
  constructor(form: LooseForm, toolNames: ReadonlySet<string>, name?: string) {
    this.#form = form;
    this.#toolNames = toolNames;
    this.#name = name;
  }

  get body(): string {
    return this.#body.slice(0, this.#json.isDone ? this.#at : undefined);
  }

  get rest(): string {
    return this.#json.isDone ? this.#body.slice(this.#at) : '';
  }

  get isComplete(): boolean {
    return this.#json.isDone;
  }

  get isRefused(): boolean {
    return this.#isRefused;
  }

  get isInString(): boolean {
    return this.#json.isInString;
  }

  push(piece: string): void {
    this.#body += piece;
    if (this.#form.form === 'named' && this.#name === undefined) this.#readHead(this.#form.nameEnd, this.#form.name);
    if (this.#isRefused || (this.#form.form === 'named' && this.#name === undefined)) return;
    // Only the new piece is read: to read the body is to join its pieces, which takes the longer the more there are.
    const before = this.#body.length - piece.length;
    if (this.#start === -1) this.#findStart(piece, before);
    if (this.#start === -1) return;
    if (!this.#isNameRead) this.#readName();
    while (!this.#isRefused && this.#at < this.#body.length && !this.#json.isDone) {
      this.#json.step(piece.charAt(this.#at - before));
      this.#at += 1;
      this.#isRefused = this.#json.depth > deepest;
    }
  }

  result(): LooseCallResult | undefined {
    if (this.#form.form === 'object') {
      const source = this.body.slice(this.#start);
      const value = parse(source);
      if (!isJsonObject(value)) return undefined;
      const key = ['arguments', 'parameters'].find((one) => (value[one] ?? undefined) !== undefined);
      return this.#checked(value['name'], key === undefined ? '{}' : memberText(source, key));
    }
    // A call that ends where its arguments should begin has none.
    const isEmpty = this.#start === -1 && this.#tail.startsWith(this.#body.slice(this.#at).trim());
    return this.#checked(this.#name, isEmpty ? '{}' : this.body.slice(Math.max(this.#start, 0)));
  }

  cutResult(): LooseCallResult | undefined {
    if (this.#form.form === 'named') {
      if (this.#name === undefined || !this.#toolNames.has(this.#name)) return undefined;
      return { name: this.#name, json: this.#start === -1 ? '' : this.#body.slice(this.#start) };
    }
    const found = /"name"\s*:\s*"([^"\\]*)"\s*,\s*"(?:arguments|parameters)"\s*:\s*(\{[\s\S]*)?$/u.exec(this.#body);
    const [, name, json = ''] = found ?? [];
    return name === undefined || !this.#toolNames.has(name) ? undefined : { name, json: upToEnd(json) };
  }

  #readHead(end: string, pattern: RegExp): void {
    const at = this.#body.indexOf(end);
    if (at === -1) {
      this.#isRefused = this.#body.length > longestHead;
      return;
    }
    this.#name = pattern.exec(this.#body.slice(0, at))?.[1];
    this.#isRefused = this.#name === undefined;
    this.#at = at + end.length;
  }

  /** What may follow the arguments, and so stands in their place where there are none. */
  get #tail(): string {
    return (this.#form.form === 'named' ? this.#form.tail : undefined) ?? '';
  }

  #findStart(piece: string, before: number): void {
    if (this.#at >= before) {
      const isListed = this.#form.form === 'object' && this.#form.isListed === true;
      const skipped = piece.slice(this.#at - before).search(isListed ? /[^\s[]/u : /\S/u);
      this.#at = skipped === -1 ? this.#body.length : this.#at + skipped;
      if (piece.charAt(this.#at - before) === '{') {
        this.#start = this.#at;
        return;
      }
    }
    this.#isRefused = !this.#tail.startsWith(this.#body.slice(this.#at).trimEnd());
  }

  /** Where the name, as far as it came, is that of no tool, what follows need not be waited for. */
  #readName(): void {
    if (this.#form.form === 'named') {
      this.#isNameRead = true;
      this.#isRefused = this.#name !== undefined && !this.#toolNames.has(this.#name);
      return;
    }
    const head = this.#body.slice(this.#start, this.#start + longestHead);
    const [, name, end] = nameFirst.exec(head) ?? [];
    this.#isNameRead = end === '"' || head.length === longestHead;
    if (name === undefined) this.#isRefused = noName.test(head);
    else this.#isRefused = end === '' ? ![...this.#toolNames].some((tool) => tool.startsWith(name)) : !this.#toolNames.has(name);
  }

  /** The arguments keep the words of the model: parsed and written anew, large numbers and the order of keys would change. */
  #checked(name: unknown, source: string): LooseCallResult | undefined {
    if (typeof name !== 'string' || !this.#toolNames.has(name) || !isJsonObject(parse(source))) return undefined;
    return { name, json: withoutSpace(source) };
  }
}

/** The JSON at the beginning of a text that may go on behind it. */
function upToEnd(text: string): string {
  const json = new JsonEnd();
  let end = 0;
  while (end < text.length && !json.isDone) {
    json.step(text.charAt(end));
    end += 1;
  }
  return text.slice(0, end);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
