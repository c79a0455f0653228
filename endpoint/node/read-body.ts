/** Reads the body of a node:http request up to a limit. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError } from '../errors.ts';
import type { BodyReader } from '../request.ts';

/**
 * A reader that stops at the limit and leaves the rest unread. It rejects where the client leaves
 * in the middle. A client that asked with `Expect: 100-continue` is told to go on only now, when somebody wants its body.
 */
export function bodyReader(request: IncomingMessage, response: ServerResponse): BodyReader {
  return (limit) =>
    new Promise((resolve, reject) => {
      if (/^100-continue$/i.test(request.headers.expect ?? '')) response.writeContinue();
      const chunks: Buffer[] = [];
      let length = 0;
      const stop = (): void => {
        request.off('data', take).off('end', finish).off('error', fail).off('close', fail);
      };
      const take = (chunk: Buffer): void => {
        length += chunk.length;
        if (length <= limit) {
          chunks.push(chunk);
          return;
        }
        stop();
        request.pause();
        resolve(undefined);
      };
      const finish = (): void => {
        stop();
        resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, length));
      };
      const fail = (): void => {
        stop();
        reject(new ApiError('invalid_request_error', 'The request ended before its body was complete.'));
      };
      request.on('data', take).on('end', finish).on('error', fail).on('close', fail);
    });
}
