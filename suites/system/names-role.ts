/** Whether a server names the role in a refusal. */
import type { Evidence } from '../model/evidence.ts';

/**
 * Whether a refusal speaks of the role, in its message or in the place that it names: by that word Claude Code tells that it has to send
 * its system messages another way. "Conversation roles must alternate", as chat templates say, is about something else.
 */
export function namesRole({ text = '' }: Evidence): boolean {
  return /\brole\b/i.test(text);
}
