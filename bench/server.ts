/** A server under measurement, in a process of its own. */
import { nextMessage, start, type Child } from './child.ts';

export interface Usage {
  /** User and system time since the process began. */
  readonly cpuUs: number;
  readonly rssBytes: number;
}

export interface Server extends AsyncDisposable {
  readonly name: string;
  readonly url: string;
  usage(): Promise<Usage>;
}

/** Starts a script of `servers/`, which gets `lines`, what it shall say, and `args`. */
export async function startServer(name: string, script: string, lines: object, ...args: readonly string[]): Promise<Server> {
  const child: Child = start(script, [JSON.stringify(lines), ...args]);
  const { url } = await nextMessage<{ readonly url: string }>(child.process, name);
  return { name, url, usage: () => child.ask<Usage>({}), [Symbol.asyncDispose]: () => child[Symbol.asyncDispose]() };
}
