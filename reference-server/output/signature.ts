/** The signature of a thinking block: opaque to clients, who send it back. Deterministic, so that equal answers stay equal. */
import { createHmac } from 'node:crypto';

/** Not a secret: it marks blocks as ours, and nothing is trusted because of it. */
const key = 'messages-conformance reference server';

/** Base64 of 32 bytes that depend on the whole text. */
export function signThinking(thinking: string): string {
  return createHmac('sha256', key).update(thinking).digest('base64');
}
