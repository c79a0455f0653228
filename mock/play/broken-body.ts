/** A body that is cut in its middle. */
import { heldFrames, type Frames, type StreamEnding } from '../../endpoint/index.ts';

export function brokenBody(body: string, ending: StreamEnding, due = 0): Frames {
  return delayedBody(body.slice(0, Math.floor(body.length / 2)), ending, due);
}

/** A body that comes `due` milliseconds after its head. */
export function delayedBody(text: string, ending: StreamEnding, due: number): Frames {
  return heldFrames(
    (function* play() {
      yield due > 0 ? { text, due } : { text };
      return ending;
    })(),
  );
}
