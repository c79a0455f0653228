/** From what was seen to what is kept: here secrets end. */
import type { Connection, Exchange, RawHeader } from '../../spec/record/index.ts';
import { keptWhole } from './body-keeper.ts';
import type { Seen } from './recording.ts';
import type { Redaction } from './redaction.ts';
import type { WireRequest } from './request.ts';

export interface Recorded {
  readonly exchange: Exchange;
}

/** What the recorder knows besides what was seen. */
export interface Circumstances {
  readonly id: string;
  readonly request: WireRequest;
  /** As written, or as they would have been. */
  readonly requestHeaders: readonly RawHeader[];
  readonly connection: Connection;
  readonly inFlight: number;
  readonly redaction: Redaction;
}

/** Makes the record of an exchange. What of it is not redacted yet is redacted here. */
export function recordedOf(seen: Seen, { id, request, requestHeaders, connection, inFlight, redaction }: Circumstances): Recorded {
  return {
    exchange: {
      id,
      request: {
        method: request.method,
        url: redaction.inText(withoutCredentials(request.url)),
        headers: redaction.inHeaders(requestHeaders),
        ...(request.body !== undefined && { body: keptWhole(request.body, redaction) }),
      },
      ...(seen.response && {
        response: {
          status: seen.response.status,
          statusText: redaction.inText(seen.response.statusText),
          headers: redaction.inHeaders(seen.response.headers),
          body: seen.response.body,
          chunks: seen.response.chunks,
        },
      }),
      timing: {
        sent: seen.sentAt,
        ...(seen.headersAt !== undefined && { headers: seen.headersAt }),
        ...(seen.firstByteAt !== undefined && { firstByte: seen.firstByteAt }),
        end: seen.endAt,
      },
      connection,
      inFlight,
      ended: seen.ended,
      ...(seen.problem !== undefined && { problem: seen.problem }),
    },
  };
}

/** User name and password of a URL become stars, each of them one. */
function withoutCredentials(url: string): string {
  return url.replace(
    /^([a-z][a-z+.-]*:\/\/)([^/?#]*)@/i,
    (_match, scheme: string, credentials: string) => `${scheme}${'*'.repeat(credentials.length)}@`,
  );
}
