/** The frames of an answer, counted and kept. */
import type { SentFrame } from './entry.ts';

/** Characters that are kept of one answer. */
const mostCharacters = 256 * 1024;

export class Sent {
  /** Frames that were handed over, also those that were not kept. */
  frames = 0;
  /** The events among them, without pings. */
  events = 0;
  /** Of each frame that is kept its time and its length. */
  readonly marks: number[] = [];
  /** The frames that are kept, one after the other. */
  text = '';
  /** Nobody will ask for them any more. */
  #isDropped = false;

  /** How many more characters are kept. */
  add(text: string, at: number): number {
    this.frames += 1;
    if (isEvent(text)) this.events += 1;
    if (this.#isDropped || this.text.length + text.length > mostCharacters) return 0;
    this.marks.push(at, text.length);
    this.text += text;
    return text.length;
  }

  /** Forgets the last frame where it was to be sent only later than this. How many characters fewer are kept. */
  takeBackAfter(at: number): number {
    const [due, length] = this.marks.slice(-2);
    if (due === undefined || length === undefined || due <= at) return 0;
    if (isEvent(this.text.slice(-length))) this.events -= 1;
    this.frames -= 1;
    this.marks.length -= 2;
    this.text = this.text.slice(0, this.text.length - length);
    return length;
  }

  /** Goes on counting, but keeps nothing. */
  drop(): void {
    this.#isDropped = true;
    this.marks.length = 0;
    this.text = '';
  }

  list(): readonly SentFrame[] {
    return framesOf(this.marks, this.text);
  }
}

/** Frames by their times and lengths, cut out of the text that they make together. */
export function framesOf(marks: ArrayLike<number>, text: string): readonly SentFrame[] {
  const frames: SentFrame[] = [];
  let end = 0;
  for (let i = 0; i + 1 < marks.length; i += 2) {
    const begin = end;
    end += marks[i + 1] ?? 0;
    frames.push({ at: marks[i] ?? 0, text: text.slice(begin, end) });
  }
  return frames;
}

function isEvent(text: string): boolean {
  return text.startsWith('event: ') && !text.startsWith('event: ping\n');
}
