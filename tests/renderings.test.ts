// One mock, three renderings: here on a port. What MSW makes of it is in files of its own, because MSW replaces globals.
import { describe } from 'vitest';
import { listen } from '../mock/node.ts';
import { testConformance, testParity, throughFetch } from './parity.fixture.ts';

describe('mock.fetch', () => {
  testParity(throughFetch);
  testConformance(throughFetch);
});

describe('The mock on a port', () => {
  testParity(async (mock) => {
    const server = await listen(mock);
    return { baseUrl: server.url, fetch, [Symbol.asyncDispose]: () => server.close() };
  });
});
