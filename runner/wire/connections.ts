/** The connections of a run: kept alive between exchanges, as clients do, and counted. */
import { connect, type ConnectOptions } from './connect.ts';
import { Connection } from './connection.ts';

export class Connections {
  readonly #all = new Set<Connection>();
  readonly #idle = new Map<string, Connection[]>();
  readonly #mostIdle: number;
  #opened = 0;

  /** @param mostIdle idle connections kept for each key */
  constructor(mostIdle: number) {
    this.#mostIdle = mostIdle;
  }

  /**
   * The idle connection that was used last, since a server is least likely to have closed it. Handed out once what had come on it is read: an end
   * of the connection, or bytes after the end of an answer, which would be taken for the answer to the next request.
   */
  async takeIdle(key: string): Promise<Connection | undefined> {
    const idle = this.#idle.get(key) ?? [];
    for (let connection = idle.pop(); connection !== undefined; connection = idle.pop()) {
      await allRead();
      if (connection.isOpen) return connection;
      this.discard(connection);
    }
    return undefined;
  }

  /** @throws ConnectError */
  async open(origin: URL, options: ConnectOptions): Promise<Connection> {
    const socket = await connect(origin, options);
    const connection = new Connection((this.#opened += 1), socket, origin.host);
    this.#all.add(connection);
    return connection;
  }

  /** After an exchange: keeps the connection for the next where both sides left it open. */
  giveBack(key: string, connection: Connection): void {
    connection.detach();
    const idle = this.#idle.get(key) ?? [];
    if (!connection.isOpen || idle.length >= this.#mostIdle) return this.discard(connection);
    idle.push(connection);
    this.#idle.set(key, idle);
  }

  discard(connection: Connection): void {
    connection.destroy();
    this.#all.delete(connection);
  }

  close(): void {
    for (const connection of this.#all) connection.destroy();
    this.#all.clear();
    this.#idle.clear();
  }
}

/** Two turns of the loop: the first may be the one in which the last answer was read. */
async function allRead(): Promise<void> {
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}
