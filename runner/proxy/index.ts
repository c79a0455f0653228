/** The judging proxy. */
export { watch } from './watch.ts';
