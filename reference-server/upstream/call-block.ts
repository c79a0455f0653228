/** One tool call while its fragments come. */
import type { BackendEvent } from '../../endpoint/backend.ts';
import { isJsonObject } from '../../spec/json.ts';
import { brokenReply, quoted } from './engine-error.ts';
import type { CallFragment } from './chunk.ts';

/** What a request that sends the call back may nest, the seven levels around its input left out. */
const deepestInput = 193;
/** Of the names that a tool may have, and with it a call in the request after. */
const longestName = 200;

export class CallBlock {
  readonly kind = 'call';
  readonly index: number | undefined;
  readonly id: string | undefined;
  #name: string | undefined;
  #json = '';
  /** What of the arguments has not been told. */
  #untold = '';
  #isBegun = false;
  readonly #shape = new JsonShape();
  /** Whether the arguments are an object; unknown until their first value has ended. */
  #isObject: boolean | undefined;

  constructor({ index, id }: CallFragment) {
    this.index = index;
    this.id = id;
  }

  add({ name, json }: CallFragment): void {
    // Some engines repeat the name in every fragment; none sends it in pieces.
    this.#name ??= name;
    this.#json += json;
    this.#untold += json;
    const wasClosed = this.#shape.isClosed;
    this.#shape.add(json);
    if (this.#shape.deepest > deepestInput) throw brokenReply('sent arguments for a tool that are nested too deep');
    // Only once: what follows a value that has ended, blanks aside, never makes it whole again.
    if (this.#shape.isClosed && !wasClosed) this.#isObject = parsesToObject(this.#json);
    else if (wasClosed && json.trim() !== '') this.#isObject = false;
  }

  /** Whether nothing is missing: an object that has been closed. No arguments at all may still be coming. */
  get isComplete(): boolean {
    return this.#name !== undefined && this.#isObject === true;
  }

  /** What has not been told yet. */
  *tell(mayCall: (name: string) => void): Generator<BackendEvent, void> {
    if (this.#name === undefined) return;
    if (!this.#isBegun) {
      if (this.#name.length > longestName || !this.#name.isWellFormed())
        throw brokenReply(`called a tool by a name that none can have, ${quoted(this.#name)}`);
      mayCall(this.#name);
      yield { type: 'tool-start', name: this.#name };
      this.#isBegun = true;
    }
    // Blanks are no arguments, although some engines send them in their place.
    if (this.#shape.isBlank || this.#untold === '') return;
    const json = this.#untold;
    this.#untold = '';
    yield { type: 'tool-input', json };
  }

  /** @throws ApiError where the call is whole and yet cannot be carried out. */
  assertSound(): void {
    if (this.#name === undefined) throw brokenReply('sent a tool call without a name');
    if (!this.#shape.isBlank && !this.isComplete)
      throw brokenReply(`sent arguments for the tool ${quoted(this.#name)} that are not a JSON object`);
  }
}

/** How deep JSON nests while it comes in pieces, each of which is read once. */
class JsonShape {
  deepest = 0;
  isBlank = true;
  /** Whether an object or list has ended that was the whole text so far. */
  isClosed = false;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;

  add(json: string): void {
    for (let at = 0; at < json.length; at += 1) this.#read(json.charAt(at));
  }

  #read(character: string): void {
    if (this.isBlank) this.isBlank = character.trim() === '';
    if (this.#isInString) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (character === '\\') this.#isEscaped = true;
      else if (character === '"') this.#isInString = false;
    } else if (character === '"') this.#isInString = true;
    else if (character === '{' || character === '[') this.deepest = Math.max(this.deepest, (this.#depth += 1));
    else if (character === '}' || character === ']') this.isClosed ||= (this.#depth -= 1) <= 0;
  }
}

function parsesToObject(json: string): boolean {
  try {
    return isJsonObject(JSON.parse(json));
  } catch {
    return false;
  }
}
