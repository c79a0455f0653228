/** Closing a connection on a client that is still talking. */
import type { Socket } from 'node:net';

/** How long the rest of what it sends is thrown away. */
const lingerMs = 1000;

/**
 * From now on a close ends our side and discards what still comes, until the client closes or a second has passed. To close at once with
 * bytes unread would send a reset, which may overtake the answer: a client that is refused in the middle of a long request would not read why.
 */
export function lingerAtEnd(socket: Socket): void {
  socket.destroySoon = () => {
    const timer = setTimeout(() => socket.destroy(), lingerMs);
    socket.once('close', () => clearTimeout(timer));
    socket.end();
    socket.resume();
  };
}
