/** Closing a connection on a client that is still talking. */
import type { Duplex } from 'node:stream';

/** How long the rest of what it sends is thrown away. */
const lingerMs = 1000;

const lingering = new WeakSet<Duplex>();

/**
 * Ends our side and discards what still comes, until the client closes or a second has passed. To close at once with bytes unread would
 * send a reset, which may overtake the answer: the client would see a broken connection instead of a 413. Called again, it changes nothing.
 */
export function linger(socket: Duplex): void {
  if (lingering.has(socket)) return;
  lingering.add(socket);
  const timer = setTimeout(() => socket.destroy(), lingerMs);
  socket.once('close', () => clearTimeout(timer));
  socket.end();
  socket.resume();
}
