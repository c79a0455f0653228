/**
 * One connection, one undici Client: so it is certain which exchange used which connection, and nothing can be sent again behind our back
 * on another. undici contributes the HTTP/1.1 parser and writer. https://www.rfc-editor.org/rfc/rfc9112
 */
import type { Socket } from 'node:net';
import type { Client as ClientInstance, Dispatcher } from 'undici';
import type { RawHeader } from '../../spec/record/index.ts';
import { type Tap, tapSocket } from './tap.ts';
import { Client } from './undici.ts';

/** Longest head of a response that is read; Node's own limit is a sixteenth of it. */
export const LONGEST_HEAD: number = 256 * 1024;

/** undici asked for a second socket: the first was gone before the request was written. */
export class ConnectionGoneError extends Error {
  override readonly name = 'ConnectionGoneError';
}

export interface Dispatch {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly RawHeader[];
  readonly body: Uint8Array | undefined;
}

export class Connection {
  /** Counts the recorder's connections from 1. */
  readonly id: number;
  readonly #socket: Socket;
  readonly #client: ClientInstance;
  #tap: Tap | undefined;
  #uses = 0;
  #failure: Error | undefined;

  /** @param host of the origin, with its port: what undici believes that it speaks to. */
  constructor(id: number, socket: Socket, host: string) {
    this.id = id;
    this.#socket = socket;
    tapSocket(socket, () => this.#tap);
    socket.on('error', (error) => {
      this.#failure = error;
    });
    let sockets = [socket];
    // Always `http:`, because TLS is done already and undici would drop a TLS connection when the Host header changes.
    this.#client = new Client(`http://${host}`, {
      connect: (_options, callback) => {
        const [next] = sockets;
        sockets = [];
        // Later, because undici forgets the waiting request when it is called back at once.
        queueMicrotask(() => (next === undefined ? callback(new ConnectionGoneError('gone'), null) : callback(null, next)));
      },
      pipelining: 1,
      // Silence is counted in `recording.ts`, where bytes of a head count too.
      headersTimeout: 0,
      bodyTimeout: 0,
      maxHeaderSize: LONGEST_HEAD,
    });
  }

  /** Whether an exchange has used it. */
  get isUsed(): boolean {
    return this.#uses > 0;
  }

  /** Whether another exchange can be tried on it. A server may have closed it without our knowing yet. */
  get isOpen(): boolean {
    return !this.#socket.destroyed && this.#socket.writable;
  }

  /** The socket's error, such as a reset; undici takes a reset at the end of a body without length for its end. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  /** Sends one request. The next one only after the handler has heard the end of this. */
  dispatch(request: Dispatch, tap: Tap, handler: Dispatcher.DispatchHandler): void {
    this.#tap = tap;
    this.#client.dispatch({ ...request, headers: request.headers.flat(), body: request.body ?? null }, handler);
  }

  /** Called for the first byte of a request. */
  countUse(): void {
    this.#uses += 1;
  }

  /** Ends the use: bytes that come now belong to no exchange. */
  detach(): void {
    this.#tap = undefined;
  }

  /** Closes it at once, whatever is going on. */
  destroy(): void {
    this.#tap = undefined;
    this.#socket.destroy();
    // Settles when the socket is closed; nobody waits for that, and it does not fail.
    void this.#client.destroy();
  }
}
