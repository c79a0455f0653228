/** The mock as request handlers of MSW, for `setupServer` of `msw/node` and `setupWorker` of `msw/browser`. MSW 2.15 or newer. */
export { handlers, type HandlersOptions } from './handlers.ts';
