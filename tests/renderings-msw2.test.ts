// The mock as handlers of MSW 2, as in a project that has that one installed.
import type { SetupServer } from 'msw/node';
import { setupServer } from 'msw2/node';
import { afterAll, beforeAll, describe, vi } from 'vitest';
import { testMsw } from './msw.fixture.ts';

vi.mock('msw', () => import('msw2'));

describe('MSW 2', () => {
  const server = setupServer();
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  afterAll(() => server.close());
  // The handlers have the types of MSW 3, which is what they import here but for the line above.
  testMsw(server as unknown as SetupServer);
});
