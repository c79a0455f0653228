// A client that opens connections and keeps them, a process of its own because both ends of a connection count against the limit of open
// files. Asks each connection once, so that it is known to be served.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface Wanted {
  readonly port: number;
  readonly count: number;
}

export interface Opened {
  readonly open: number;
  /** Why the first of the others failed; absent where all are open. */
  readonly problem?: string;
}

const ask = 'GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n';
/** Opened at a time: fewer than a listening socket lets wait. */
const batch = 250;

const sockets: Socket[] = [];

async function open(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.write(ask);
  const [answer]: readonly Buffer[] = await once(socket, 'data');
  if (answer?.toString('latin1').startsWith('HTTP/1.1 200') !== true) throw new Error('it was not answered with 200');
  socket.on('error', () => undefined);
  sockets.push(socket);
}

async function openAll({ port, count }: Wanted): Promise<Opened> {
  while (sockets.length < count) {
    const some = Math.min(batch, count - sockets.length);
    const results = await Promise.allSettled(Array.from({ length: some }, () => open(port)));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) return { open: sockets.length, problem: String(failed.reason) };
  }
  return { open: sockets.filter(({ destroyed }) => !destroyed).length };
}

process.on('message', (wanted: Wanted) => {
  void openAll(wanted).then((opened) => process.send?.(opened));
});
process.on('disconnect', () => process.exit());
