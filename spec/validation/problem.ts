// What is wrong with a value, and how to say so in an error message.

/** One thing that is wrong with a JSON value. */
export interface Problem {
  /** JSON Pointer (RFC 6901) of the offending place; `""` is the whole value. A missing field is named by the place where it belongs. */
  readonly pointer: string;
  /** The broken JSON Schema keyword (`type`, `required`, `additionalProperties`, ...), or the id of a request rule (`tool-result-orphan`). */
  readonly keyword: string;
  /** One clause that continues the place: "must be an integer". */
  readonly message: string;
  /** What would have been right, for reports: "integer". */
  readonly expected: string;
  /** Whether the value is refused, or only unknown to us: clients must expect fields, types and values that are added later. */
  readonly level: 'error' | 'advice';
  /** True of an error that the official service gives but that is documented as a latitude, or hardly: a faithful server may take the value. */
  readonly isDoubtful?: true;
}

/**
 * The text of a 400 for a problem: the place in dotted form, then what must hold, e.g. `messages.0.content.1.text: must not be empty`.
 * Official messages start with the place too; the wording is our own.
 */
export function describeProblem(problem: Problem): string {
  const place = problem.pointer.slice(1).split('/').map(unescapePointer).join('.');
  return `${place === '' ? 'body' : place}: ${problem.message}`;
}

/** JSON Pointer of a place below another one. */
export function pointerTo(parent: string, ...steps: readonly (string | number)[]): string {
  return steps.reduce<string>((pointer, step) => `${pointer}/${escapePointer(String(step))}`, parent);
}

function escapePointer(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1');
}

function unescapePointer(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}
