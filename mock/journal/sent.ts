/** The frames of an answer, counted and kept. */
import type { SentFrame } from './entry.ts';

/** Characters that are kept of one answer. */
const mostCharacters = 256 * 1024;

export class Sent {
  /** Frames that were handed over, also those that were not kept. */
  frames = 0;
  /** The events among them, without pings. */
  events = 0;
  /** Characters that are kept. */
  size = 0;
  readonly #times: number[] = [];
  readonly #lengths: number[] = [];
  /** One text for each frame, until they are taken away. */
  #texts: string[] = [];

  add(text: string, at: number): void {
    this.frames += 1;
    if (isEvent(text)) this.events += 1;
    if (this.size + text.length > mostCharacters) return;
    this.size += text.length;
    this.#times.push(at);
    this.#lengths.push(text.length);
    this.#texts.push(text);
  }

  /** Forgets the last frame where it was to be sent only later than this. */
  takeBackAfter(at: number): void {
    const [text, due] = [this.#texts.at(-1), this.#times.at(-1)];
    if (text === undefined || due === undefined || due <= at) return;
    this.#texts.pop();
    this.#times.pop();
    this.#lengths.pop();
    this.size -= text.length;
    this.frames -= 1;
    if (isEvent(text)) this.events -= 1;
  }

  /** All texts in one, which from now on are kept elsewhere. */
  take(): string {
    const all = this.#texts.join('');
    this.#texts = [];
    return all;
  }

  /** The frames; `taken` is what `take` gave, where it was called. */
  list(taken: string | undefined): readonly SentFrame[] {
    let end = 0;
    return this.#lengths.map((length, index) => {
      end += length;
      return { at: this.#times[index] ?? 0, text: taken?.slice(end - length, end) ?? this.#texts[index] ?? '' };
    });
  }
}

function isEvent(text: string): boolean {
  return text.startsWith('event: ') && !text.startsWith('event: ping\n');
}
