/** A line of JSON for each request when its answer is over: who asked what, how it went, what it cost. No prompts and no keys unless asked. */
import {
  abortableFrames,
  type Endpoint,
  type EndpointRequest,
  type Frame,
  type Frames,
  type Reply,
  type RequestTrace,
} from '../../endpoint/index.ts';
import type { StreamEnding } from '../../endpoint/index.ts';
import { splitUrl } from '../../endpoint/request.ts';
import { ReplyUsage, type TokenCounts } from './reply-usage.ts';

export interface RequestLogOptions {
  /** Takes one line without its end. */
  readonly write: (line: string) => void;
  /** Whether the bodies of request and answer are written too. Default false. */
  readonly hasBodies?: boolean;
  /** Milliseconds. Default the system's monotonic clock. */
  readonly now?: () => number;
  /** Default the system's. */
  readonly date?: () => Date;
}

/** How an answer left: whole, broken off by its client, with an error, or not at all. */
export type Outcome = 'complete' | 'aborted' | 'error' | 'reset' | 'stalled';

export interface LogEntry extends Partial<TokenCounts> {
  readonly time: string;
  readonly request_id?: string;
  readonly method: string;
  /** Without the query, which may hold keys. */
  readonly path: string;
  readonly status: number;
  readonly outcome: Outcome;
  readonly ms: number;
  readonly request?: string;
  readonly response?: string;
}

/** The endpoint, with a log of its requests. */
export function withRequestLog(endpoint: Endpoint, options: RequestLogOptions): Endpoint {
  const { write, hasBodies = false, now = () => performance.now(), date = () => new Date() } = options;
  return {
    async handle(request) {
      const trace: RequestTrace = request.trace ?? {};
      const began = now();
      const reply = await endpoint.handle({ ...request, trace });
      const usage = new ReplyUsage();
      const log = (outcome: Outcome, response: string): void => {
        const bodies = hasBodies ? { request: trace.rawBody ?? '', response } : {};
        const ms = Math.round(now() - began);
        const id = requestId(reply);
        const entry: LogEntry = {
          time: date().toISOString(),
          ...(id === undefined ? {} : { request_id: id }),
          method: request.method,
          path: pathOf(request),
          status: reply.status,
          outcome,
          ...usage.counts,
          ms,
          ...bodies,
        };
        write(JSON.stringify(entry));
      };
      if (reply.kind === 'stream') return { ...reply, frames: loggedFrames(reply.frames, usage, hasBodies, log) };
      usage.readBody(reply.body);
      log(reply.status === 499 ? 'aborted' : reply.status >= 400 ? 'error' : 'complete', reply.body);
      return reply;
    },
  };
}

function requestId({ headers }: Reply): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === 'request-id')?.[1];
}

function pathOf({ url }: EndpointRequest): string {
  return splitUrl(url).path.slice(0, 200);
}

const outcomes: Readonly<Record<StreamEnding, Outcome>> = { end: 'complete', close: 'complete', reset: 'reset', stall: 'stalled' };

function loggedFrames(frames: Frames, usage: ReplyUsage, keeps: boolean, log: (outcome: Outcome, response: string) => void): Frames {
  const texts: string[] = [];
  let isLogged = false;
  const logOnce = (outcome: Outcome): void => {
    if (!isLogged) log(outcome, texts.join(''));
    isLogged = true;
  };
  async function* passed(): AsyncGenerator<Frame, StreamEnding> {
    for (;;) {
      const { done, value } = await frames.next();
      if (done === true) {
        logOnce(usage.hasError ? 'error' : outcomes[value]);
        return value;
      }
      usage.readFrame(value.text);
      if (keeps) texts.push(value.text);
      yield value;
    }
  }
  return abortableFrames(passed(), () => {
    logOnce('aborted');
    void frames.return('end');
  });
}
