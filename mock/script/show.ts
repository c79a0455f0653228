/** Values in messages for people: short, on one line, with regular expressions as they are written. */
export function show(value: unknown, longest = 100): string {
  const text = write(value);
  return text.length > longest ? `${text.slice(0, longest).toWellFormed()}...` : text;
}

function write(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'function') return '(a function)';
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? String(value) : JSON.stringify(value);
  if (value instanceof RegExp) return String(value);
  if (Array.isArray(value)) return `[${value.map(write).join(', ')}]`;
  const fields = Object.entries(value).map(([key, nested]) => `${/^\w+$/.test(key) ? key : JSON.stringify(key)}: ${write(nested)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}
