/** GBNF literals, and JSON spelled as the bundled model was trained to write it. GBNF: https://github.com/ggml-org/llama.cpp/blob/master/grammars/README.md */

/** A GBNF literal that matches exactly `text`. */
export function literal(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what has to be escaped
  const body = text.replaceAll(/["\\\u0000-\u001F\u007F]/gu, (character) =>
    character === '"' || character === '\\' ? `\\${character}` : `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `"${body}"`;
}

/** JSON with a space after `,` and `:`, as Python's `json.dumps` writes it. */
export function spacedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spacedJson).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, inner]) => `${JSON.stringify(key)}: ${spacedJson(inner)}`)
      .join(', ')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}
