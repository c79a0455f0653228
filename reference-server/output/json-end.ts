/** Finds where a JSON object or list ends, character by character: strings and nesting are followed, nothing else is checked. */
export class JsonEnd {
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  #isDone = false;

  /** True once the bracket came that closes the outermost one. */
  get isDone(): boolean {
    return this.#isDone;
  }

  get isInString(): boolean {
    return this.#isInString;
  }

  /** How many objects and lists are open. */
  get depth(): number {
    return this.#depth;
  }

  step(character: string): void {
    if (this.#isInString) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (character === '\\') this.#isEscaped = true;
      else if (character === '"') this.#isInString = false;
      return;
    }
    if (character === '"') this.#isInString = true;
    else if (character === '{' || character === '[') this.#depth += 1;
    else if (character === '}' || character === ']') {
      this.#depth -= 1;
      this.#isDone = this.#depth === 0;
    }
  }
}
