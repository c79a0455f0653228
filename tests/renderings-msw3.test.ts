// The mock as handlers of MSW 3.
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, describe } from 'vitest';
import { testMsw } from './msw.fixture.ts';

describe('MSW 3', () => {
  const server = setupServer();
  beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
  afterAll(() => server.close());
  testMsw(server);
});
