/** The mock on a port, from a file, and as a recorder of a real server: what needs Node. */
export { ListenError, type ListenOptions, type RunningServer } from '../endpoint/node/index.ts';
export { listen } from './listen.ts';
export { recordTo, type Recorder, type RecordOptions } from './record/node/record-to.ts';
export { replayFrom } from './record/node/replay-from.ts';
export { RecordingError } from './record/recording.ts';
export type { Drift, Replay, ReplayOptions } from './record/replay.ts';
export { loadScript, ScriptLoadError } from './script-file/node/load-script.ts';
export type { MockScript } from './script-file/read-script.ts';
