/** Tells our signatures from those of other servers. */
const mark = 'bW9jay1zaWduYXR1cmUt';

/** Signatures are opaque; this one only has to be there and to depend on the thought (FNV-1a). */
export function signatureOf(thinking: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < thinking.length; i += 1) hash = Math.imul(hash ^ thinking.charCodeAt(i), 0x01000193);
  return `${mark}${(hash >>> 0).toString(16).padStart(8, '0')}`;
}

/** True of a block that a mock signed with another text. Thinking that was left out has none, and histories come from elsewhere too. */
export function isEdited({ thinking, signature }: { readonly thinking: string; readonly signature: unknown }): boolean {
  return typeof signature === 'string' && thinking !== '' && signature.startsWith(mark) && signature !== signatureOf(thinking);
}
