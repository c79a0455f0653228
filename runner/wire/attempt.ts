/** One exchange on one connection: an idle one where the policy allows it, else a new one. */
import type { Connection as ConnectionRecord } from '../../spec/record/index.ts';
import { abortable, AbortedError } from './abort.ts';
import type { Clock } from './clock.ts';
import type { ConnectOptions } from './connect.ts';
import { type Connection, ConnectionGoneError, type Dispatch } from './connection.ts';
import type { Connections } from './connections.ts';
import { ConnectError, reasonOf } from './problem.ts';
import type { Redaction } from './redaction.ts';
import { type Limits, type Listener, Recording, type Seen } from './recording.ts';

export interface Attempt {
  readonly origin: URL;
  readonly dispatch: Dispatch;
  readonly connect: ConnectOptions;
  readonly isPooled: boolean;
  readonly limits: Limits;
  readonly redaction: Redaction;
  readonly signal: AbortSignal;
  readonly listener: Listener | undefined;
}

export interface Attempted {
  readonly seen: Seen;
  readonly connection: ConnectionRecord;
}

const none: ConnectionRecord = { id: 0, reused: false };

/**
 * Sends once. An idle connection that turns out to be closed before a byte was written made no exchange, so the next one is taken; once a byte
 * was written nothing is sent again, and a reset on a reused connection without an answer stands in the record.
 * @throws TypeError for a request that cannot be written
 */
export async function attempt(
  connections: Connections,
  clock: Clock,
  { origin, connect, isPooled, signal, ...what }: Attempt,
): Promise<Attempted> {
  const startedAt = clock();
  for (;;) {
    let connection: Connection;
    try {
      connection =
        (isPooled ? await connections.takeIdle(origin.origin) : undefined) ??
        (await abortable(connections.open(origin, connect), signal, (late) => connections.discard(late)));
    } catch (error) {
      return { seen: unsent(error, startedAt, clock()), connection: none };
    }
    const reused = connection.isUsed;
    try {
      const seen = await send(connection, clock, { ...what, signal });
      return { seen, connection: { id: connection.id, reused } };
    } catch (error) {
      if (!(error instanceof ConnectionGoneError))
        throw new TypeError(`This request cannot be sent: ${reasonOf(error)}.`, { cause: error });
      if (!reused) return { seen: unsent(error, startedAt, clock()), connection: { id: connection.id, reused } };
    } finally {
      connections.giveBack(origin.origin, connection);
    }
  }
}

async function send(
  connection: Connection,
  clock: Clock,
  { dispatch, limits, redaction, signal, listener }: Pick<Attempt, 'dispatch' | 'limits' | 'redaction' | 'signal' | 'listener'>,
): Promise<Seen> {
  const recording = new Recording(clock, limits, connection, redaction, listener);
  const stop = (): void => recording.stop('aborted-by-us', 'The run ended the exchange.');
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  else connection.dispatch(dispatch, recording, recording);
  try {
    return await recording.result;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** What is seen where nothing could be written. */
function unsent(error: unknown, sentAt: number, endAt: number): Seen {
  const nothing = { sentAt, endAt, head: '', headersAt: undefined, firstByteAt: undefined, response: undefined };
  if (error instanceof ConnectError) return { ...nothing, ended: 'refused', problem: error.message };
  if (error instanceof AbortedError)
    return { ...nothing, ended: 'aborted-by-us', problem: 'The run ended the exchange before it was sent.' };
  if (error instanceof ConnectionGoneError)
    return { ...nothing, ended: 'reset', problem: 'The server closed the connection as soon as it was made.' };
  throw error;
}
