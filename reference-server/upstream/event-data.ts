/** The `data` of server-sent events as engines write them: with comments between, a missing blank line at the end, llama.cpp's `error:` field. */
import { brokenReply } from './engine-error.ts';

/** No event of a chat completion comes near; beyond it, the engine is not one. */
const longestLine = 16 * 1024 * 1024;

export interface EventData {
  /** `error` where the field or the event had that name. */
  readonly kind: 'data' | 'error';
  readonly text: string;
}

/** The events of a stream of bytes. @throws ApiError for a line without end, and what `bytes` throws. */
export async function* readEventData(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<EventData, void> {
  const decoder = new TextDecoder();
  const event = new OpenEvent();
  let rest = '';
  for await (const piece of bytes) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > longestLine) throw brokenReply('sent a line without end');
    for (const line of lines) {
      const done = event.add(line.endsWith('\r') ? line.slice(0, -1) : line);
      if (done !== undefined) yield done;
    }
  }
  event.add(rest + decoder.decode());
  const last = event.add('');
  if (last !== undefined) yield last;
}

/** The event that is being read, line by line. */
class OpenEvent {
  #lines: string[] = [];
  #kind: EventData['kind'] = 'data';

  /** The event that the line ends, if it is an empty one after data. */
  add(line: string): EventData | undefined {
    if (line === '') return this.#finish();
    const [, field, value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (field === 'event') this.#kind = value === 'error' ? 'error' : 'data';
    if (field === 'error') this.#kind = 'error';
    if (field === 'data' || field === 'error') this.#lines.push(value);
    return undefined;
  }

  #finish(): EventData | undefined {
    const event = this.#lines.length === 0 ? undefined : { kind: this.#kind, text: this.#lines.join('\n') };
    this.#lines = [];
    this.#kind = 'data';
    return event;
  }
}
