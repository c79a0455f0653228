/** The wire: sends, records exactly, and takes event streams apart. */
export { bytesOf } from './body.ts';
export { parseJson } from './json.ts';
export { createRecorder, type Recorder, type WireOptions, type WireRequest } from './recorder.ts';
export { framesOf } from './sse.ts';
export type { Listener } from './recording.ts';
