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
  #size = 0;
  /** Nobody will ask for them any more. */
  #isDropped = false;
  readonly #times: number[] = [];
  readonly #lengths: number[] = [];
  /** One text for each frame, until they are taken away. */
  #texts: string[] = [];
  readonly #grew: (characters: number) => void;

  /** @param grew told how many more characters are kept, or fewer. */
  constructor(grew: (characters: number) => void) {
    this.#grew = grew;
  }

  add(text: string, at: number): void {
    this.frames += 1;
    if (isEvent(text)) this.events += 1;
    if (this.#isDropped || this.#size + text.length > mostCharacters) return;
    this.#size += text.length;
    this.#times.push(at);
    this.#lengths.push(text.length);
    this.#texts.push(text);
    this.#grew(text.length);
  }

  /** Forgets the last frame where it was to be sent only later than this. */
  takeBackAfter(at: number): void {
    const [text, due] = [this.#texts.at(-1), this.#times.at(-1)];
    if (text === undefined || due === undefined || due <= at) return;
    this.#texts.pop();
    this.#times.pop();
    this.#lengths.pop();
    this.#size -= text.length;
    this.#grew(-text.length);
    this.frames -= 1;
    if (isEvent(text)) this.events -= 1;
  }

  /** Goes on counting, but keeps nothing. */
  drop(): void {
    this.#isDropped = true;
    for (const kept of [this.#times, this.#lengths, this.#texts]) kept.length = 0;
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
