/** One tool call while its fragments come. */
import type { BackendEvent } from '../../endpoint/backend.ts';
import { isJsonObject } from '../../spec/json.ts';
import { brokenReply } from './engine-error.ts';
import type { CallFragment } from './chunk.ts';

/** More arguments than any request could send back. */
const longestInput = 32 * 1024 * 1024;

export class CallBlock {
  readonly kind = 'call';
  readonly index: number | undefined;
  readonly id: string | undefined;
  #name: string | undefined;
  #json = '';
  /** How much of the arguments has been told; undefined before the call is begun. */
  #told: number | undefined;

  constructor({ index, id }: CallFragment) {
    this.index = index;
    this.id = id;
  }

  add({ name, json }: CallFragment): void {
    // Some engines repeat the name in every fragment; none sends it in pieces.
    this.#name ??= name;
    this.#json += json;
    if (this.#json.length > longestInput) throw brokenReply('sent a tool call without end');
  }

  /** Whether nothing is missing: an object that has been closed. No arguments at all may still be coming. */
  get isComplete(): boolean {
    return this.#name !== undefined && this.#json.trimEnd().endsWith('}') && parsesToObject(this.#json);
  }

  /** What has not been told yet. */
  *tell(mayCall: (name: string) => void): Generator<BackendEvent, void> {
    if (this.#name === undefined) return;
    if (this.#told === undefined) {
      mayCall(this.#name);
      yield { type: 'tool-start', name: this.#name };
      this.#told = 0;
    }
    // Blanks are no arguments, although some engines send them in their place.
    if (this.#json.trim() === '' || this.#told === this.#json.length) return;
    yield { type: 'tool-input', json: this.#json.slice(this.#told) };
    this.#told = this.#json.length;
  }

  /** @throws ApiError where the call is whole and yet cannot be carried out. */
  assertSound(): void {
    if (this.#name === undefined) throw brokenReply('sent a tool call without a name');
    if (this.#json.trim() !== '' && !parsesToObject(this.#json))
      throw brokenReply(`sent arguments for the tool "${this.#name}" that are not a JSON object`);
  }
}

function parsesToObject(json: string): boolean {
  try {
    return isJsonObject(JSON.parse(json));
  } catch {
    return false;
  }
}
