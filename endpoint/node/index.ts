/** The endpoint on a port: what needs Node. */
export { ListenError, type ListenErrorCode } from './listen-error.ts';
export { listen, type ListenOptions, type RunningServer } from './server.ts';
