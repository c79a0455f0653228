/**
 * The mock in Vitest: `import { mockFixture } from 'messages-conformance/vitest'` gives every test a mock of its own, and the import alone
 * adds the matchers to `expect`. Vitest is an optional peer of this entry and of no other.
 */
import { expect } from 'vitest';
import type { RequestMatcher } from '../index.ts';
import { matchers, type ExpectedAbort } from './matchers.ts';

export { mockFixture, type MockFixtureOptions, type MockFixtures } from './fixture.ts';
export type { ExpectedAbort } from './matchers.ts';

expect.extend(matchers);

// Vitest's own `Matchers` has one type parameter in version 4 and two in version 5, which cannot both be augmented; what it is built on can.
declare global {
  namespace Chai {
    interface Assertion {
      /**
       * On a mock: at least one request for a message, as the client sent it, has all that is expected. It is said in the words of `mock.when`;
       * `expect.any(String)` and the like may stand for values.
       * @example expect(mock).toHaveReceivedMessage({ tool_choice: { type: 'auto' }, system: [{ cache_control: { type: 'ephemeral' } }] });
       */
      toHaveReceivedMessage(expected?: RequestMatcher): void;
      /**
       * On an entry of `mock.requests`: the client left before the reply was complete.
       * @example expect(mock.requests[0]).toHaveBeenAborted({ afterEvents: 3 });
       */
      toHaveBeenAborted(expected?: ExpectedAbort): void;
      /** On a mock: every request found its answer in the script. `mock.verify()` asks for more: that all of the script was used. */
      toHaveNoUnmatchedRequests(): void;
    }
  }
}
