/** From what was seen to what is kept: here secrets end. */
import type { Connection, Exchange, RawHeader } from '../../spec/record/index.ts';
import { bodyOf } from './body.ts';
import type { Seen } from './recording.ts';
import type { Redaction } from './redaction.ts';
import type { WireRequest } from './request.ts';

export interface Recorded {
  readonly exchange: Exchange;
  /** The whole body of the response as received, redacted; empty where none came. The exchange keeps only the ends of a long one. */
  readonly bytes: Uint8Array;
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

/** Makes the record of an exchange. Its parts that came from the wire are redacted in place. */
export function recordedOf(seen: Seen, { id, request, requestHeaders, connection, inFlight, redaction }: Circumstances): Recorded {
  const sentBody = request.body === undefined ? undefined : Buffer.from(request.body);
  if (sentBody !== undefined) redaction.inBytes(sentBody, false);
  const bytes = seen.response?.body ?? Buffer.alloc(0);
  redaction.inBytes(bytes, seen.ended !== 'complete');
  return {
    bytes,
    exchange: {
      id,
      request: {
        method: request.method,
        url: redaction.inText(withoutCredentials(request.url)),
        headers: redaction.inHeaders(requestHeaders),
        ...(sentBody !== undefined && { body: bodyOf(sentBody) }),
      },
      ...(seen.response && {
        response: {
          status: seen.response.status,
          statusText: redaction.inText(seen.response.statusText),
          headers: redaction.inHeaders(seen.response.headers),
          body: bodyOf(bytes),
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
    /^([a-z][a-z+.-]*:\/\/)([^/?#@]*)@/i,
    (_match, scheme: string, credentials: string) => `${scheme}${'*'.repeat(credentials.length)}@`,
  );
}
