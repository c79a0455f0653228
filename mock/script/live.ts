/** A stream that the test drives: each step resolves when the client has been handed it. */
import type { ErrorType } from '../../spec/index.ts';
import type { Clock } from '../../endpoint/index.ts';
import { stream } from './begin.ts';
import { kindOf, MockScriptError } from './script-error.ts';
import { ScriptedMessage, type ThinkOptions } from './scripted-message.ts';
import type { ToolOptions } from './tool-part.ts';

/**
 * Every step resolves to true when the client has read it and asks for more, or has left it unread for a moment; to false where the client
 * has left. Steps that are taken before the request comes wait for it.
 */
export interface Live {
  text(text: string | readonly string[]): Promise<boolean>;
  think(text: string | readonly string[], options?: ThinkOptions): Promise<boolean>;
  useTool(name: string, input?: Readonly<Record<string, unknown>>, options?: ToolOptions): Promise<boolean>;
  /** Any parts: `live.send(stream().raw('data: {').wait(10))`. */
  send(parts: ScriptedMessage): Promise<boolean>;
  /** Ends in good order. */
  end(): Promise<boolean>;
  /** Ends with an `error` event. */
  fail(error: ErrorType, message?: string): Promise<boolean>;
  reset(): Promise<boolean>;
  /** Aborts when the client leaves. */
  readonly signal: AbortSignal;
}

/** A client that holds what it has, or has not begun to read, and reads on later has been handed it nevertheless. */
const handedMs = 50;

interface Step {
  /** Absent: the end. */
  readonly parts?: ScriptedMessage;
  readonly settle: (handed: boolean) => void;
}

/** A live stream, and what plays it. */
export class LiveStream implements Live, AsyncGenerator<ScriptedMessage, void> {
  readonly #clock: Clock;
  readonly #left = new AbortController();
  readonly #steps: Step[] = [];
  #wake: (() => void) | undefined;
  #settleLast: ((handed: boolean) => void) | undefined;
  #isBegun = false;
  #isClosed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get signal(): AbortSignal {
    return this.#left.signal;
  }

  /** The request has come. What is played in process is pulled by its reader, so a client that does not read would keep every step waiting. */
  begin(): this {
    this.#isBegun = true;
    for (const { settle } of this.#steps) this.#settleSoon(settle);
    return this;
  }

  text(text: string | readonly string[]): Promise<boolean> {
    return this.send(stream().text(text));
  }

  think(text: string | readonly string[], options?: ThinkOptions): Promise<boolean> {
    return this.send(stream().think(text, options));
  }

  useTool(name: string, input?: Readonly<Record<string, unknown>>, options?: ToolOptions): Promise<boolean> {
    return this.send(stream().useTool(name, input, options));
  }

  fail(error: ErrorType, message?: string): Promise<boolean> {
    return this.#close(stream().fail(error, message));
  }

  reset(): Promise<boolean> {
    return this.#close(stream().reset());
  }

  end(): Promise<boolean> {
    return this.#close();
  }

  send(parts: ScriptedMessage): Promise<boolean> {
    if (!(parts instanceof ScriptedMessage))
      throw new MockScriptError('live().send()', `must be parts such as stream().raw('x'), not ${kindOf(parts)}.`);
    return this.#push(parts);
  }

  /** Asked for more: what went before has been handed over. */
  async next(): Promise<IteratorResult<ScriptedMessage, void>> {
    this.#settle(true);
    while (this.#steps.length === 0 && !this.#left.signal.aborted) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const step = this.#steps.shift();
    if (step?.parts === undefined) {
      step?.settle(true);
      return { done: true, value: undefined };
    }
    this.#settleLast = step.settle;
    return { done: false, value: step.parts };
  }

  /** The client has left, or has had all there is. */
  return(): Promise<IteratorResult<ScriptedMessage, void>> {
    const isWhole = this.#isClosed && this.#steps.length === 0;
    this.#isClosed = true;
    this.#settle(isWhole);
    for (const { settle } of this.#steps.splice(0)) settle(false);
    if (!isWhole) this.#left.abort();
    this.#wake?.();
    return Promise.resolve({ done: true, value: undefined });
  }

  throw(): Promise<IteratorResult<ScriptedMessage, void>> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  #close(last?: ScriptedMessage): Promise<boolean> {
    const closing = this.#push(last);
    this.#isClosed = true;
    return closing;
  }

  #push(parts?: ScriptedMessage): Promise<boolean> {
    if (this.#left.signal.aborted) return Promise.resolve(false);
    if (this.#isClosed) throw new MockScriptError('live()', 'the stream has ended already.');
    return new Promise((resolve) => {
      this.#steps.push(parts === undefined ? { settle: resolve } : { parts, settle: resolve });
      if (this.#isBegun) this.#settleSoon(resolve);
      this.#wake?.();
    });
  }

  #settleSoon(settle: Step['settle']): void {
    this.#clock.after(handedMs, () => settle(true));
  }

  #settle(handed: boolean): void {
    this.#settleLast?.(handed);
    this.#settleLast = undefined;
  }
}
