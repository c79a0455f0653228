/** Answers what never became a request: bytes that are not HTTP, a head that is too large, a request that takes for ever. */
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { asText } from '../../spec/as-text.ts';
import { ApiError } from '../errors.ts';
import { errorReply } from '../json-reply.ts';
import { linger } from './linger.ts';

const answers: Readonly<Record<string, readonly [status: number, phrase: string, message: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', 'The headers of the request are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'The request was not complete in time.'],
};

/**
 * What is wrong follows a whole request: it spoils the connection, which is closed after the answer, and not the answer.
 * @param code of the error
 * @returns whether it is so
 */
function sparesAnswer(code: string, socket: Socket, answer: ServerResponse | undefined): boolean {
  if (answer?.req.complete !== true || !socket.writable || code === 'ECONNRESET') return false;
  // As node:http ends the connection of an answer that says so.
  socket.destroySoon = () => linger(socket);
  if (answer.shouldKeepAlive) answer.once('finish', () => linger(socket));
  answer.shouldKeepAlive = false;
  return true;
}

/**
 * Writes the error envelope straight to the socket, which node:http has given up, and closes it.
 * @param answer what is being written there, if anything
 */
export function answerClientError(error: Error, socket: Socket, answer: ServerResponse | undefined, requestId: string): void {
  const code = 'code' in error ? asText(error.code) : '';
  if (sparesAnswer(code, socket, answer)) return;
  // In the middle of an answer there is no room for another one.
  if (code === 'ECONNRESET' || socket.destroyed || answer?.headersSent === true) {
    socket.destroy();
    return;
  }
  // Of bytes that are not HTTP every read is told anew; the answer has left with the first.
  if (socket.writableEnded) {
    linger(socket);
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
