/** Child processes that answer one message with one message. Each server and the client has one of its own, so that nobody pays for another. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Child extends AsyncDisposable {
  readonly process: ChildProcess;
  /** Sends and waits for the answer; rejects where the child ends instead. */
  ask<Answer>(message: object): Promise<Answer>;
}

/** Starts a script of this folder. */
export function start(script: string, args: readonly string[] = []): Child {
  const child = fork(join(import.meta.dirname, script), args, { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return {
    process: child,
    ask: async (message) => {
      child.send(message);
      return nextMessage(child, script);
    },
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    },
  };
}

/** What the child says next. Its type is what the caller knows of the script behind it. */
export async function nextMessage<Message>(child: ChildProcess, name: string): Promise<Message> {
  const settled = new AbortController();
  const { signal } = settled;
  try {
    const exit = once(child, 'exit', { signal }).then(([code]) => {
      throw new Error(`${name} ended with ${code} while it was asked something`);
    });
    const [message]: readonly Message[] = await Promise.race([once(child, 'message', { signal }), exit]);
    if (message === undefined) throw new Error(`${name} sent nothing`);
    return message;
  } finally {
    settled.abort();
  }
}
