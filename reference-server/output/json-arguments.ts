/** Arguments that are JSON already: all that has to be found is their end. */
import type { ArgumentReader } from './argument-reader.ts';
import { JsonEnd } from './json-end.ts';

export class JsonArguments implements ArgumentReader {
  readonly #json = new JsonEnd();
  rest = '';

  readonly isRefused = false;

  get isDone(): boolean {
    return this.#json.isDone;
  }

  get isInText(): boolean {
    return this.#json.isInString;
  }

  push(piece: string): string {
    let end = 0;
    while (end < piece.length && !this.#json.isDone) {
      this.#json.step(piece.charAt(end));
      end += 1;
    }
    this.rest += piece.slice(end);
    return piece.slice(0, end);
  }

  end(): string | undefined {
    return this.isDone ? '' : undefined;
  }
}
