/** The view of an exchange that checks judge. The runner builds it from the record, so a judgement never needs the network. */
import type { Ending, Exchange, RawHeader, Step } from '../../spec/index.ts';

/** Which route was asked, by method and path. `other` also where the answer is compressed, as the request allowed, and so not read. */
export type EndpointName = 'messages' | 'count-tokens' | 'models' | 'model' | 'other';

/** One event of a `text/event-stream` body, derived from its raw bytes. */
export interface Frame {
  /** Position in the stream, from 0. Comment-only blocks are frames too, without `event` and `data`. */
  readonly index: number;
  /** Byte offset of its first line in the response body. */
  readonly offset: number;
  /** Its lines without their endings. */
  readonly lines: readonly string[];
  /** The line endings used inside it, in order of first use. */
  readonly lineEndings: readonly ('\n' | '\r\n' | '\r')[];
  /** Whether a blank line ended it; false for a last frame cut by the end of the body. */
  readonly terminated: boolean;
  /** Value of its last `event:` line. */
  readonly event?: string;
  /** Its `data:` lines joined with newlines; absent where there were none. */
  readonly data?: string;
  /** `data` parsed; absent where it does not parse. */
  readonly json?: unknown;
  /** Why `data` does not parse. */
  readonly jsonProblem?: string;
  /** Its bytes are not UTF-8: `lines` and `data` hold U+FFFD in their place. Absent where they are. */
  readonly invalidUtf8?: true;
  /** Arrival of its last byte, milliseconds on the run's clock. */
  readonly at: number;
}

export interface RequestView {
  readonly method: string;
  /** Path and query below the base URL, such as `/v1/messages?beta=true`. */
  readonly path: string;
  /** First value of a header, by any case of its name. */
  header(name: string): string | undefined;
  /** Parsed body; undefined where none was sent or it does not parse. */
  readonly json: unknown;
  /** Whether `stream: true` was asked for. */
  readonly stream: boolean;
  /** What the specification says of this request, for its version and betas. */
  readonly validity: 'valid' | 'invalid' | 'unknown';
}

export interface Evidence {
  readonly exchange: Exchange;
  readonly steps: readonly Step[];
  readonly endpoint: EndpointName;
  /** Sent by discovery or preflight: evidence for http, auth and models only. */
  readonly preflight: boolean;
  readonly request: RequestView;
  readonly ended: Ending;
  /** Absent where no response head came. */
  readonly status: number | undefined;
  readonly headers: readonly RawHeader[];
  /** First value of a response header, by any case of its name. */
  header(name: string): string | undefined;
  /** Lower-case media type of the response without parameters; empty where none was sent. */
  readonly mediaType: string;
  /** Response body as text; undefined for a body that is not UTF-8 or was cut by our size limit. */
  readonly text: string | undefined;
  /** Parsed response body; undefined where it does not parse, and for streams. */
  readonly json: unknown;
  /** A stream is what was asked for with `stream: true` and answered 2xx, never chosen by content type. */
  readonly isStream: boolean;
  /** Frames of a stream; empty for everything else. */
  readonly frames: readonly Frame[];
  /** The Message: the body itself, or the stream folded by the specification's accumulator. Undefined where there is none. */
  readonly message: unknown;
  /** `stop_reason` of that message, where it is a string. */
  readonly stopReason: string | undefined;
}
