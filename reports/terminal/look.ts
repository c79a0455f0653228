/** How a terminal report looks: its width, and colour only where told. */
import { styleText } from 'node:util';

export type Tone = 'good' | 'bad' | 'doubt' | 'quiet' | 'strong';

export interface Look {
  /** Columns. From 60 on everything but a curl command's long arguments fits. */
  readonly width: number;
  /** Wraps already measured text in colour; escape sequences take no columns. */
  readonly paint: (tone: Tone, text: string) => string;
}

const styles = { good: 'green', bad: 'red', doubt: 'yellow', quiet: 'gray', strong: 'bold' } as const;

/** @param colour whether to write escape sequences; the caller knows the stream, NO_COLOR and `--no-color`. */
export function lookOf(width: number, colour: boolean): Look {
  return {
    width: Math.max(width, 40),
    paint: (tone, text) => (colour ? styleText(styles[tone], text, { validateStream: false }) : text),
  };
}
