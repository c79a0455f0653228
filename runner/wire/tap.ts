/**
 * Sees the bytes that undici reads from and writes to a socket, before it makes anything of them: the exact head that was sent, the arrival
 * of each read, and the bytes of an answer that is no HTTP.
 */
import type { Socket } from 'node:net';

/** Both are called synchronously from undici's own read or write. */
export interface Tap {
  /** @returns what undici is to parse; null for nothing yet. */
  read(chunk: Buffer): Buffer | null;
  /** The head of a request, and later its body. */
  write(chunk: string | Uint8Array): void;
}

/**
 * Replaces `read` and `write` of this one socket. undici pulls with `read()` on `readable`, so a `data` listener would take the bytes from it.
 * @param tap asked anew each time, since one connection serves many exchanges
 */
export function tapSocket(socket: Socket, tap: () => Tap | undefined): void {
  const read = socket.read.bind(socket);
  socket.read = (size?: number): unknown => {
    const chunk: unknown = read(size);
    const current = tap();
    return chunk instanceof Buffer && current !== undefined ? current.read(chunk) : chunk;
  };
  const write = socket.write.bind(socket);
  socket.write = (chunk: string | Uint8Array, ...rest: readonly unknown[]): boolean => {
    tap()?.write(chunk);
    const isRoomLeft: unknown = Reflect.apply(write, undefined, [chunk, ...rest]);
    return isRoomLeft === true;
  };
}
