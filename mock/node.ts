/** The mock on a port. */
export { listen, ListenError, type ListenOptions, type RunningServer } from '../endpoint/node/index.ts';
