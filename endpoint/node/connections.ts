/** The open connections of a server, and which of them are idle: a server that closes breaks those and lets the others end. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

const { Server: NetServer } = process.getBuiltinModule('node:net');

interface Connection {
  /** What is being answered. Let go of at once: a few connections would keep so much that V8 had to copy it again and again. */
  response?: ServerResponse | undefined;
  /** Bytes that had come when the last answer had left. More are the beginning of another request. */
  read: number;
}

export class Connections {
  readonly #server: Server;
  readonly #open = new Map<Socket, Connection>();

  constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket: Socket) => {
      this.#open.set(socket, { read: 0 });
      socket.once('close', () => this.#open.delete(socket));
    });
  }

  /** The answer that is being written there, if any. */
  answering(socket: Socket): ServerResponse | undefined {
    return this.#open.get(socket)?.response;
  }

  begin({ socket }: IncomingMessage, response: ServerResponse): void {
    const connection = this.#open.get(socket);
    if (connection === undefined) return;
    connection.response = response;
    response.once('close', () => {
      // Another one, where the client has asked before it was answered.
      if (connection.response !== response) return;
      connection.response = undefined;
      connection.read = socket.bytesRead;
      if (!this.#server.listening) setImmediate(() => this.#breakIdle());
    });
  }

  /**
   * Takes no more connections, lets answers end for so long, then breaks what is left.
   *
   * Not by node:http's own `close`: it takes an answer for ended when its last byte has been handed over, and breaks the connection although
   * the client has not taken the half of it.
   */
  close(graceMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#server.closeAllConnections(), graceMs);
      NetServer.prototype.close.call(this.#server, () => {
        clearTimeout(timer);
        // Now it only ends the timers of node:http. That the server no longer listens is no news.
        this.#server.close(() => resolve());
      });
      this.#breakIdle();
      if (graceMs <= 0) this.#server.closeAllConnections();
    });
  }

  #breakIdle(): void {
    for (const [socket, { response, read }] of this.#open) if (response === undefined && socket.bytesRead === read) socket.destroy();
  }
}
