/** Reads a tool call whose arguments are no JSON and that no grammar held to its form. */
import type { CallSyntax, LooseForm } from '../families/family.ts';
import { isJsonObject } from '../../spec/json.ts';
import type { Schema } from '../grammar/schema-shape.ts';
import { type ArgumentReader, argumentReader } from './argument-reader.ts';
import type { LooseCallResult, UnheldCall } from './loose-call.ts';

/** A text in which no name has ended by now has none. */
const longestHead = 256;

export class NotedCall implements UnheldCall {
  readonly #syntax: CallSyntax;
  readonly #form: LooseForm & { readonly form: 'named' };
  readonly #tools: ReadonlyMap<string, Schema>;
  #call: { readonly name: string; readonly reader: ArgumentReader } | undefined;
  #json = '';
  #body = '';
  #isRefused = false;

  /** `tools`: the schemas of the arguments by the names of the tools. */
  constructor(syntax: CallSyntax, form: LooseForm & { readonly form: 'named' }, tools: ReadonlyMap<string, Schema>) {
    this.#syntax = syntax;
    this.#form = form;
    this.#tools = tools;
  }

  get body(): string {
    return this.#body.slice(0, this.#body.length - this.rest.length);
  }

  get rest(): string {
    return this.#call?.reader.rest ?? '';
  }

  get isComplete(): boolean {
    return this.#call?.reader.isDone ?? false;
  }

  get isRefused(): boolean {
    return this.#isRefused || (this.#call?.reader.isRefused ?? false);
  }

  get isInString(): boolean {
    return this.#call?.reader.isInText ?? false;
  }

  push(piece: string): void {
    this.#body += piece;
    if (this.#call === undefined) this.#readHead();
    else this.#json += this.#call.reader.push(piece);
  }

  result(): LooseCallResult | undefined {
    // A call without arguments may end where its name does.
    if (this.#call === undefined) this.#begin(this.#body, '');
    if (this.#call === undefined) return undefined;
    const end = this.#call.reader.end();
    const json = this.#json + (end ?? '');
    return end === undefined || this.isRefused || !isJsonObject(parsed(json)) ? undefined : { name: this.#call.name, json };
  }

  cutResult(): LooseCallResult | undefined {
    return this.#call === undefined || this.isRefused ? undefined : { name: this.#call.name, json: this.#json };
  }

  #readHead(): void {
    const { nameEnd, isNameEndKept = false } = this.#form;
    const at = this.#body.indexOf(nameEnd);
    if (at === -1) this.#isRefused = this.#body.length > longestHead;
    else this.#begin(this.#body.slice(0, at), this.#body.slice(isNameEndKept ? at : at + nameEnd.length));
  }

  #begin(head: string, body: string): void {
    const name = this.#form.name.exec(head)?.[1] ?? '';
    const schema = this.#tools.get(name);
    if (schema === undefined) {
      this.#isRefused = true;
      return;
    }
    this.#call = { name, reader: argumentReader(this.#syntax, schema) };
    this.#json = this.#call.reader.push(body);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
