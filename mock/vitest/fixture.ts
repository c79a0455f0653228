/** A fresh mock for every test, verified when the test ends. https://vitest.dev/guide/test-context#extend-test-context */
import type { ModelInfo } from '../../spec/index.ts';
import { createMock, type Mock, type MockOptions } from '../index.ts';
import { defaultModels } from '../models.ts';

export interface MockFixtureOptions extends MockOptions {
  /** The one model that the mock serves, instead of `models`. Default: the mock's own. */
  readonly model?: string;
  /** Whether `mock.verify()` is called when a test ends. Default true. */
  readonly verify?: boolean;
}

/** What `base.extend` takes; the names are those of the test's context. */
export interface MockFixtures {
  /** A mock of this test's own. */
  readonly mock: (context: object, use: (mock: Mock) => Promise<void>) => Promise<void>;
  /** Origin of that mock on a port of 127.0.0.1, without `/v1`. The port is opened only for a test that takes it. */
  readonly baseURL: (context: { readonly mock: Mock }, use: (url: string) => Promise<void>) => Promise<void>;
}

/**
 * Fixtures for `test.extend`. A test in which a request matched nothing, or a script entry was not used, fails at its end with the words of
 * `mock.verify()`.
 * @example
 * const test = base.extend(mockFixture({ model: 'claude-x' }));
 * test('greets', async ({ mock }) => {
 *   mock.once(say('Hello'));
 *   expect(await greet({ fetch: mock.fetch })).toBe('Hello');
 * });
 */
export function mockFixture({ model, verify = true, ...options }: MockFixtureOptions = {}): MockFixtures {
  const mockOptions: MockOptions = model === undefined ? options : { ...options, models: modelsNamed(model) };
  return {
    // Vitest reads from the pattern which fixtures this one needs: none.
    // oxlint-disable-next-line no-empty-pattern
    mock: async ({}, use) => {
      const mock = createMock(mockOptions);
      await use(mock);
      if (verify) mock.verify();
    },
    baseURL: async ({ mock }, use) => {
      const { listen } = await import('../node.ts');
      await using server = await listen(mock, { port: 0 });
      await use(server.url);
    },
  };
}

/** Like the mock's first model, with another name. */
function modelsNamed(id: string): readonly ModelInfo[] {
  return defaultModels.slice(0, 1).map((like) => Object.assign({}, like, { id }));
}
