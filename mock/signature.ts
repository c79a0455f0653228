/** Signatures are opaque; this one only has to be there and to depend on the thought (FNV-1a). */
export function signatureOf(thinking: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < thinking.length; i += 1) hash = Math.imul(hash ^ thinking.charCodeAt(i), 0x01000193);
  return `bW9jay1zaWduYXR1cmUt${(hash >>> 0).toString(16).padStart(8, '0')}`;
}
