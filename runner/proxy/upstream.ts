/**
 * The far side of one client connection: a connection of its own to the server, kept as long as the client keeps its. So the server sees the
 * connections that the client makes, and a client sees a connection closed when the server closes it.
 */
import { Agent, type ClientRequestArgs } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { asText } from '../../spec/as-text.ts';
import { connect, type ConnectOptions } from '../wire/connect.ts';

export class UpstreamAgent extends Agent {
  readonly #origin: URL;
  readonly #connect: ConnectOptions;
  readonly #onClosed: () => void;

  /** @param onClosed called when the server closes an idle connection: the client's is to end too. */
  constructor(origin: URL, options: ConnectOptions, onClosed: () => void) {
    // One at a time, since a client has one request at a time on a connection.
    super({ keepAlive: true, maxSockets: 1, timeout: 0 });
    this.#origin = origin;
    this.#connect = options;
    this.#onClosed = onClosed;
  }

  override createConnection(_options: ClientRequestArgs, callback: (error: Error | null, socket: Duplex) => void): undefined {
    void this.#open(callback);
  }

  async #open(callback: (error: Error | null, socket: Duplex) => void): Promise<void> {
    try {
      const socket = await connect(this.#origin, this.#connect);
      socket.once('close', () => {
        if (Object.keys(this.sockets).length === 0) this.#onClosed();
      });
      callback(null, socket);
    } catch (error) {
      // Node's type has a socket also beside an error.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
      callback(error instanceof Error ? error : new Error(asText(error)), undefined as unknown as Duplex);
    }
  }
}

/** Counts the connections to the server from 1, and how often each was used. */
export class ConnectionCount {
  readonly #seen = new WeakMap<Socket, number>();
  #opened = 0;

  /** Of the exchange that begins on it now. */
  use(socket: Socket): { readonly id: number; readonly reused: boolean } {
    const known = this.#seen.get(socket);
    if (known !== undefined) return { id: known, reused: true };
    this.#seen.set(socket, (this.#opened += 1));
    return { id: this.#opened, reused: false };
  }
}
