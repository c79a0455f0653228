/** JSON of what an engine sent as a value where text is wanted. */

/** Undefined where it nests deeper than JSON can be written: it was parsed, which goes deeper. */
export function jsonText(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
