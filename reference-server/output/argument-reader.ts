/** Reads the arguments of one call, whatever they are written in, and gives them as the JSON of one object, as far as it is certain. */
import type { CallSyntax } from '../families/family.ts';
import type { Schema } from '../grammar/schema-shape.ts';
import { JsonArguments } from './json-arguments.ts';
import { MarkedArguments } from './marked-arguments.ts';
import { TaggedArguments } from './tagged-arguments.ts';

export interface ArgumentReader {
  /** The JSON that one more piece brings. The JSON of all pieces does not depend on how they were cut. */
  push(piece: string): string;
  /** True once the arguments have ended. */
  readonly isDone: boolean;
  /** What came after their end. */
  readonly rest: string;
  /** Whether these can be no arguments any more. */
  readonly isRefused: boolean;
  /** Within text, where a mark is part of it. */
  readonly isInText: boolean;
  /** The JSON that is missing where no more comes; undefined where the arguments are not over. */
  end(): string | undefined;
}

/** `schema`: that of the tool, for notations that do not tell a number from its text. */
export function argumentReader({ notation }: Pick<CallSyntax, 'notation'>, schema: Schema = {}): ArgumentReader {
  switch (notation?.form) {
    case undefined:
      return new JsonArguments();
    case 'tagged':
      return new TaggedArguments(notation, schema);
    case 'marked':
      return new MarkedArguments(notation);
  }
}
