/** A mock of the Messages API for tests: `createMock().fetch` in process, `endpoint/node` on a port. */
export { createMock, type Mock, type MockOptions, type Script } from './create-mock.ts';
export { minimalInput } from './minimal-input.ts';
