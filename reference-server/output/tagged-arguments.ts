/**
 * Arguments between tags: name, value, name, value. A string stands as it is, everything else as JSON, and only the schema of the tool tells
 * which of both `12` is.
 */
import type { TaggedNotation } from '../families/family.ts';
import type { Schema } from '../grammar/schema-shape.ts';
import type { ArgumentReader } from './argument-reader.ts';
import { argumentSchema } from './argument-schema.ts';
import { type ValueKind, valueJson, valueKind } from './argument-value.ts';
import { JsonEnd } from './json-end.ts';
import { inString, TextEnd } from './text-end.ts';

/** A name that has not ended by now is none. */
const longestName = 256;

type State =
  | { readonly in: 'between' }
  | { readonly in: 'name' }
  | { readonly in: 'before-value'; readonly name: string }
  /** A string, let go as it comes. */
  | { readonly in: 'string'; readonly end: TextEnd }
  /** What has to be whole before it can be read. */
  | { readonly in: 'whole'; readonly end: TextEnd; readonly kind: ValueKind; readonly schema: Schema; text: string }
  /** An object or a list, let go as it comes. */
  | { readonly in: 'structure'; readonly json: JsonEnd }
  | { readonly in: 'after-structure' }
  | { readonly in: 'done' };

export class TaggedArguments implements ArgumentReader {
  readonly #notation: TaggedNotation;
  readonly #schema: Schema;
  readonly #nameEnd: RegExp;
  /** White space that the format has around a value. */
  readonly #padding: string;
  readonly #close: string;
  #state: State = { in: 'between' };
  #held = '';
  #isFirst = true;
  #isRefused = false;

  constructor(notation: TaggedNotation, schema: Schema) {
    const [, afterName] = notation.name;
    this.#notation = notation;
    this.#schema = schema;
    this.#nameEnd = new RegExp(
      afterName
        .trim()
        .split(/\s+/u)
        .map(escaped)
        .join(String.raw`\s*`),
      'u',
    );
    this.#padding = afterName.slice(afterName.trimEnd().length);
    this.#close = notation.valueEnd.trim();
  }

  get isDone(): boolean {
    return this.#state.in === 'done';
  }

  get rest(): string {
    return this.isDone ? this.#held : '';
  }

  get isRefused(): boolean {
    return this.#isRefused;
  }

  get isInText(): boolean {
    return this.#state.in !== 'between' && this.#state.in !== 'done';
  }

  push(piece: string): string {
    this.#held += piece;
    let json = '';
    for (let before = ''; before !== `${this.#state.in}${this.#held.length}` && !this.#isRefused;) {
      before = `${this.#state.in}${this.#held.length}`;
      json += this.#step();
    }
    return json;
  }

  end(): string | undefined {
    if (this.isDone) return '';
    return this.#state.in === 'between' && this.#held.trim() === '' ? this.#last() : undefined;
  }

  #step(): string {
    const state = this.#state;
    switch (state.in) {
      case 'between':
        return this.#readBetween();
      case 'name':
        return this.#readName();
      case 'before-value':
        return this.#beginValue(state.name);
      case 'string': {
        const { text, rest } = state.end.push(this.#held);
        return inString(text) + (rest === undefined ? this.#wait('') : this.#goOn('"', rest));
      }
      case 'whole': {
        const { text, rest } = state.end.push(this.#held);
        state.text += text;
        return rest === undefined ? this.#wait('') : this.#goOn(valueJson(state.text, state.kind, state.schema, this.#schema), rest);
      }
      case 'structure':
        return this.#readStructure(state.json);
      case 'after-structure':
        return this.#readAfterStructure();
      case 'done':
        return '';
      default:
        return state satisfies never;
    }
  }

  /** Another name, or the end: whatever else comes is no part of the arguments. */
  #readBetween(): string {
    const [open] = this.#notation.name;
    const text = this.#held.trimStart();
    if (open.startsWith(text)) return text === open ? this.#become({ in: 'name' }, '') : '';
    if (text.startsWith(open)) return this.#become({ in: 'name' }, text.slice(open.length));
    return this.#become({ in: 'done' }, text) + this.#last();
  }

  #readName(): string {
    const found = this.#nameEnd.exec(this.#held);
    if (found === null) {
      this.#isRefused = this.#held.length > longestName;
      return '';
    }
    const name = this.#held.slice(0, found.index).trim();
    const json = `${this.#isFirst ? '{' : ','}${JSON.stringify(name)}:`;
    this.#isFirst = false;
    return json + this.#become({ in: 'before-value', name }, this.#held.slice(found.index + found[0].length));
  }

  /** As the value opens, with white space of the format or without, so it closes. */
  #beginValue(name: string): string {
    const isPadded = this.#padding !== '' && this.#held.startsWith(this.#padding);
    const text = isPadded ? this.#held.slice(this.#padding.length) : this.#held;
    if (this.#close.startsWith(text) && text !== this.#close) return '';
    const schema = argumentSchema(name, this.#schema);
    const kind = valueKind(schema, this.#schema);
    if (kind === 'json') {
      const first = text.trimStart();
      if (first === '') return '';
      if (/^[[{]/u.test(first)) return this.#become({ in: 'structure', json: new JsonEnd() }, first);
    }
    const isEmpty = text.startsWith(this.#close);
    const end = new TextEnd(isPadded && !isEmpty ? this.#padding + this.#close : this.#close);
    if (kind === 'text') return `"${this.#become({ in: 'string', end }, text)}`;
    return this.#become({ in: 'whole', end, kind, schema, text: '' }, text);
  }

  #readStructure(json: JsonEnd): string {
    let end = 0;
    while (end < this.#held.length && !json.isDone) {
      json.step(this.#held.charAt(end));
      end += 1;
    }
    const read = this.#held.slice(0, end);
    return read + (json.isDone ? this.#become({ in: 'after-structure' }, this.#held.slice(end)) : this.#wait(''));
  }

  #readAfterStructure(): string {
    const text = this.#held.trimStart();
    if (text.startsWith(this.#close)) return this.#become({ in: 'between' }, text.slice(this.#close.length));
    this.#isRefused = !this.#close.startsWith(text);
    return '';
  }

  #last(): string {
    return this.#isFirst ? '{}' : '}';
  }

  #goOn(json: string, rest: string): string {
    return json + this.#become({ in: 'between' }, rest);
  }

  #wait(held: string): string {
    this.#held = held;
    return '';
  }

  #become(state: State, held: string): string {
    this.#state = state;
    return this.#wait(held);
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/gu, String.raw`\$&`);
}
