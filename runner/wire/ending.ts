/** Tells apart how an exchange that undici gave up came to its end: by the peer breaking off, or by bytes that are no HTTP. */
import type { Ending } from '../../spec/record/index.ts';
import { codeOf, reasonOf } from './problem.ts';
import { errors } from './undici.ts';

/** How far a response had come. */
export interface Progress {
  /** The first bytes that were read, as Latin-1. */
  readonly opening: string;
  /** Whether the head was complete. */
  readonly hasHead: boolean;
  readonly bodyBytes: number;
}

export interface Ended {
  readonly ended: Ending;
  readonly problem: string;
}

/** undici reports it for every parser error under a content-length; within the body only the end of the connection can cause one. */
const LENGTH_MISMATCH = 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH';

/** Of an error that undici reports once the request was sent. */
export function endingOf(error: unknown, progress: Progress): Ended {
  const code = codeOf(error);
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return protocolError('The head of the response is longer than any client reads.');
  if (reasonOf(error) === 'bad upgrade') return protocolError('The server switched protocols, which nobody had asked for.');
  if (reasonOf(error) === 'bad response') return protocolError('The server sent a response that belongs to no request.');
  // By its text, because undici means to give these errors a code and gives them none.
  const isUnfinished = code === LENGTH_MISMATCH ? progress.hasHead : /EOF/.test(reasonOf(error));
  const isParserError = code === LENGTH_MISMATCH || error instanceof errors.HTTPParserError;
  if (isParserError && !isUnfinished) return protocolError(notHttp(error, progress));
  return { ended: 'reset', problem: brokenOff(code, progress) };
}

function notHttp(error: unknown, { opening, hasHead }: Progress): string {
  if (hasHead) return `The body of the response breaks HTTP/1.1: ${reasonOf(error)}.`;
  if (isTls(opening)) return 'The server answered plain HTTP with TLS: try https://.';
  const why = codeOf(error) === LENGTH_MISMATCH ? '' : ` (${reasonOf(error)})`;
  return `The head of the response is not HTTP/1.1; it begins with ${JSON.stringify(opening)}${why}.`;
}

/** A TLS record of type alert or handshake is what a TLS port answers to plain text. https://www.rfc-editor.org/rfc/rfc8446#section-5.1 */
function isTls(opening: string): boolean {
  const type = opening.charCodeAt(0);
  return (type === 0x15 || type === 0x16) && opening.charCodeAt(1) === 0x03;
}

function brokenOff(code: string, { opening, hasHead, bodyBytes }: Progress): string {
  const how = code === 'ECONNRESET' || code === 'EPIPE' ? 'reset' : 'closed';
  if (opening === '') return `The server ${how} the connection without an answer.`;
  if (!hasHead) return `The server ${how} the connection within the head of its response.`;
  return `The server ${how} the connection before the end of the body, after ${bodyBytes} bytes of it.`;
}

function protocolError(problem: string): Ended {
  return { ended: 'protocol-error', problem };
}
