// Text of values that nobody has looked at. `String` calls the value's own toString, and a server may have sent one: {"toString": 1}.

/** The value as text. Never throws: what cannot be written as text is named by its type. */
export function asText(value: unknown): string {
  try {
    // oxlint-disable-next-line typescript/no-base-to-string -- this is the place that catches what it throws
    return String(value);
  } catch {
    return typeof value;
  }
}

/** What was thrown, in words: the message of an error, or the value as text. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : asText(thrown);
}
