/** A line of JSON for each exception that became a 500: without it, nobody could find out what broke. */
import { asText } from '../../spec/as-text.ts';

interface FaultLineOptions {
  /** Whether the words of the exception are written too, which may repeat some of the prompt. Default false. */
  readonly hasBodies?: boolean;
  /** Default the system's. */
  readonly date?: () => Date;
}

/** What broke and where, by the id that the client was given. */
export function faultLine(
  error: unknown,
  requestId: string,
  { hasBodies = false, date = () => new Date() }: FaultLineOptions = {},
): string {
  const { name, message, stack = '' } = error instanceof Error ? error : new Error(asText(error));
  return JSON.stringify({
    time: date().toISOString(),
    request_id: requestId,
    fault: name,
    ...(hasBodies ? { message } : {}),
    at: [...stack.matchAll(/^\s+at (.*)$/gmu)].map(([, place]) => place),
  });
}
