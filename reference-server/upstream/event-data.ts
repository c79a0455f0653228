/** The `data` of server-sent events as engines write them: with comments between, a missing blank line at the end, llama.cpp's `error:` field. */
import { brokenReply } from './engine-error.ts';

/** No event of a chat completion comes near; beyond it, the engine is not one. */
const longestEvent = 16 * 1024 * 1024;
/** What a line costs beside its characters. */
const weightOfLine = 64;

export interface EventData {
  /** `error` where the field or the event had that name. */
  readonly kind: 'data' | 'error';
  readonly text: string;
}

/** The events of a stream of bytes. @throws ApiError for a line or an event without end, and what `bytes` throws. */
export async function* readEventData(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<EventData, void> {
  const decoder = new TextDecoder();
  const event = new OpenEvent();
  let rest = '';
  for await (const piece of bytes) {
    // Only what is new is searched: of a long line that comes in many pieces, all of it each time would take very long.
    const [first = '', ...lines] = decoder.decode(piece, { stream: true }).split('\n');
    rest += first;
    if (rest.length > longestEvent) throw brokenReply('sent a line without end');
    for (const line of lines) {
      const done = event.add(withoutReturn(rest));
      rest = line;
      if (done !== undefined) yield done;
    }
  }
  event.add(withoutReturn(rest + decoder.decode()));
  const last = event.add('');
  if (last !== undefined) yield last;
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

/** The event that is being read, line by line. */
class OpenEvent {
  #lines: string[] = [];
  #kind: EventData['kind'] = 'data';
  #weight = 0;

  /** The event that the line ends, if it is an empty one after data. */
  add(line: string): EventData | undefined {
    if (line === '') return this.#finish();
    const [, field, value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (field === 'event') this.#kind = value === 'error' ? 'error' : 'data';
    if (field === 'error') this.#kind = 'error';
    if (field === 'data' || field === 'error') this.#push(value);
    return undefined;
  }

  #push(value: string): void {
    this.#weight += value.length + weightOfLine;
    if (this.#weight > longestEvent) throw brokenReply('sent an event without end');
    this.#lines.push(value);
  }

  #finish(): EventData | undefined {
    const event = this.#lines.length === 0 ? undefined : { kind: this.#kind, text: this.#lines.join('\n') };
    this.#lines = [];
    this.#kind = 'data';
    this.#weight = 0;
    return event;
  }
}
