/** Judging what was recorded before, or elsewhere. */
export { judgeRecord } from './judge-record.ts';
export { readInput } from './read-input.ts';
export { type JudgeOptions, judgeTraffic } from './traffic.ts';
