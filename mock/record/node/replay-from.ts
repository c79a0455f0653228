/** Replays a folder of recordings. */
import { createReplay, type Replay, type ReplayOptions } from '../replay.ts';
import { readFolder } from './folder.ts';

/**
 * Answers from what `recordTo` wrote. The folder is read once, here.
 *
 * @throws RecordingError where there are no recordings, or one cannot be used.
 * @example
 * const replay = replayFrom('recordings');
 * const client = new Anthropic({ apiKey: 'test', fetch: replay.fetch });
 * // ... the test ...
 * expect(replay.drifts).toEqual([]);
 */
export function replayFrom(folder: string, options: ReplayOptions = {}): Replay {
  return createReplay(readFolder(folder), options);
}
