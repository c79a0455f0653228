/** The id of a tool call as the engine sees it. */
import { createHash } from 'node:crypto';

/**
 * Nine letters and digits that depend on the whole id: Mistral's templates refuse anything else, and the others do not care. Call and
 * result get the same one, so they stay a pair.
 */
export function engineCallId(id: string): string {
  const digest = createHash('sha256').update(id).digest('base64');
  return digest.replaceAll(/[^A-Za-z0-9]/g, '').slice(0, 9);
}
