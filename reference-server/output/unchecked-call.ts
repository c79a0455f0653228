/** Reads a tool call that no grammar guarded, all at once: a call if it is one, else the model only wrote something that looks like it. */

export interface UncheckedCall {
  readonly name: string;
  /** The arguments as one JSON object. */
  readonly json: string;
}

/** The call in the text between the marks, if it is JSON with the name of an offered tool and an object of arguments. */
export function readUncheckedCall(body: string, toolNames: ReadonlySet<string>): UncheckedCall | undefined {
  const value = parse(body);
  if (typeof value !== 'object' || value === null || !('name' in value) || typeof value.name !== 'string') return undefined;
  if (!toolNames.has(value.name)) return undefined;
  const input = 'arguments' in value ? value.arguments : {};
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return undefined;
  return { name: value.name, json: JSON.stringify(input) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
