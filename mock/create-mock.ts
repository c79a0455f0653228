/** The mock: a script, or simple rules, behind the same endpoint as the reference server; with a journal of what was asked and answered. */
import { createFamily } from './family.ts';
import type { Mock, MockOptions } from './mock-types.ts';

export type { Mock, MockOptions };

/**
 * A mock that answers by simple rules until something is scripted; then what the script does not answer is a 400.
 * Throws a `MockScriptError` for options that cannot be.
 * @example
 * const mock = createMock();
 * mock.once(say('Hello'));
 * const client = new Anthropic({ apiKey: 'test', fetch: mock.fetch });
 */
export function createMock(options: MockOptions = {}): Mock {
  return createFamily(options).mock;
}
