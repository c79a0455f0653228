/** A script that cannot be valid. Thrown where it is written, so that the stack points at the line that is wrong. */

export class MockScriptError extends Error {
  override readonly name = 'MockScriptError';
  /** Where in the script: `useTool().input`, `pace().jitter`. */
  readonly place: string;

  constructor(place: string, problem: string) {
    super(`${place}: ${problem}`);
    this.place = place;
  }
}

/** Throws unless the value is a finite number of at least `minimum`. */
export function requireNumber(place: string, value: unknown, minimum: number): void {
  if (typeof value === 'number' && Number.isFinite(value) && value >= minimum) return;
  throw new MockScriptError(place, `must be a number of at least ${minimum}, not ${String(value)}.`);
}

/** Throws unless the value is a text with something in it. */
export function requireText(place: string, value: unknown): asserts value is string {
  if (typeof value !== 'string') throw new MockScriptError(place, `must be a string, not ${kindOf(value)}.`);
  if (value === '') throw new MockScriptError(place, 'must not be empty.');
}

/** Throws unless the value is one of those. */
export function requireOneOf(place: string, value: unknown, known: readonly string[]): void {
  if (typeof value === 'string' && known.includes(value)) return;
  throw new MockScriptError(
    place,
    `must be ${known.map((one) => `"${one}"`).join(' or ')}, not ${typeof value === 'string' ? `"${value}"` : kindOf(value)}.`,
  );
}

export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'undefined';
  return Array.isArray(value) ? 'an array' : `${typeof value === 'object' ? 'an' : 'a'} ${typeof value}`;
}
