/** Answers what never became a request: bytes that are not HTTP, a head that is too large, a request that takes for ever. */
import type { Duplex } from 'node:stream';
import { asText } from '../../spec/as-text.ts';
import { ApiError } from '../errors.ts';
import { errorReply } from '../json-reply.ts';
import { linger } from './linger.ts';

const answers: Readonly<Record<string, readonly [status: number, phrase: string, message: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', 'The headers of the request are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'The request was not complete in time.'],
};

/** Writes the error envelope straight to the socket, which node:http has given up, and closes it. */
export function answerClientError(error: Error, socket: Duplex, requestId: string): void {
  const code = 'code' in error ? asText(error.code) : '';
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, phrase, message] = answers[code] ?? [400, 'Bad Request', 'The request is not valid HTTP.'];
  const reply = errorReply(new ApiError('invalid_request_error', message, { status }), requestId);
  const lines = [
    `HTTP/1.1 ${status} ${phrase}`,
    ...reply.headers.map(([name, value]) => `${name}: ${value}`),
    `content-length: ${Buffer.byteLength(reply.body)}`,
    'connection: close',
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n${reply.body}`);
  linger(socket);
}
