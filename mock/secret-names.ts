/** By their names: which headers, query parameters and body fields hold credentials. One rule for the journal and for recordings. */

/** Broad: what is lost of a header or a query, nobody needs. */
const secretName = /key|token|secret|auth|cookie|credential|password|session|signature/i;

/** Fields of a request body, such as `mcp_servers[].authorization_token`. `max_tokens` is none. */
const secretFieldSource = String.raw`(?:\w*_)?(?:api_?key|token|secret|password|authorization)`;
const secretField = new RegExp(`^${secretFieldSource}$`, 'i');

/** Such a field in the text of a body, with a string as its value. */
const secretFieldInText = new RegExp(String.raw`("${secretFieldSource}"\s*:\s*")(?:[^"\\]|\\.)*(?=")`, 'gi');

/** What stands where a credential stood. */
export const redacted = '[redacted]';

export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

export function isSecretField(name: string): boolean {
  return secretField.test(name);
}

/** The text of a JSON body, its credentials replaced; the rest stays as it was sent. */
export function withoutSecretFields(body: string): string {
  return body.replace(secretFieldInText, `$1${redacted}`);
}

/** Path and query, or an absolute URL, the values of secret parameters replaced. */
export function withoutSecretQuery(url: string): string {
  const mark = url.indexOf('?');
  if (mark < 0) return url;
  const query = new URLSearchParams(url.slice(mark + 1));
  if (![...query.keys()].some(isSecretName)) return url;
  return `${url.slice(0, mark)}?${new URLSearchParams([...query].map(([name, value]) => [name, isSecretName(name) ? redacted : value]))}`;
}
