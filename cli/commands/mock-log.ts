/** `--log`: a line for each request, when its answer is over. */
import { abortableFrames, type Endpoint, type EndpointRequest, type Frame, type Frames, type StreamEnding } from '../../endpoint/index.ts';

export interface LogOptions {
  readonly write: (line: string) => void;
  /** Milliseconds. */
  readonly now: () => number;
}

type Outcome = 'completed' | 'aborted' | 'reset' | 'stalled' | 'error';

/** The endpoint, and `POST /v1/messages 200, 27 events, completed, 3 ms` for each request. Streams count their events as they pass. */
export function withLog(endpoint: Endpoint, { write, now }: LogOptions): Endpoint {
  return {
    async handle(request) {
      const began = now();
      const reply = await endpoint.handle(request);
      const log = (outcome: Outcome, events?: number): void => {
        const counted = events === undefined ? [] : [`${events} ${events === 1 ? 'event' : 'events'}`];
        const words = [`${request.method} ${pathOf(request)} ${reply.status}`, ...counted, outcome, `${Math.round(now() - began)} ms`];
        write(words.join(', '));
      };
      if (reply.kind === 'stream') {
        // A paced JSON answer comes as frames, too.
        const isEvents = reply.headers.some(
          ([name, value]) => name.toLowerCase() === 'content-type' && value.startsWith('text/event-stream'),
        );
        const logFrames = (outcome: Outcome, events: number): void => log(outcome, isEvents ? events : undefined);
        return { ...reply, frames: loggedFrames(reply.frames, logFrames) };
      }
      log(reply.status >= 400 ? 'error' : 'completed');
      return reply;
    },
  };
}

/** Queries may hold keys. Control characters would write over other lines. */
function pathOf({ url }: EndpointRequest): string {
  return (url.split('?', 1)[0] ?? '').replaceAll(/[^\x21-\x7e]/g, '?');
}

const outcomes: Readonly<Record<StreamEnding, Outcome>> = { end: 'completed', reset: 'reset', stall: 'stalled', close: 'completed' };

function loggedFrames(frames: Frames, log: (outcome: Outcome, events: number) => void): Frames {
  let events = 0;
  let isLogged = false;
  const logOnce = (outcome: Outcome): void => {
    if (!isLogged) log(outcome, events);
    isLogged = true;
  };
  async function* counted(): AsyncGenerator<Frame, StreamEnding> {
    let tail = '';
    let hasFailed = false;
    for (;;) {
      const { done, value } = await frames.next();
      if (done === true) {
        logOnce(hasFailed && value === 'end' ? 'error' : outcomes[value]);
        return value;
      }
      // Pieces of a recording may end anywhere, even within the blank line that ends an event.
      const ended = (tail + value.text.replaceAll('\r', '')).split('\n\n');
      events += ended.length - 1;
      hasFailed ||= ended.some((event) => event.startsWith('event: error\n'));
      tail = ended.at(-1) ?? '';
      yield value;
    }
  }
  return abortableFrames(counted(), () => {
    logOnce('aborted');
    void frames.return('end');
  });
}
