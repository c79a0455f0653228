// The fixture as its users see it: another Vitest runs the tests of verified.fixture.ts.
import { resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { startVitest } from 'vitest/node';

const root = resolve(import.meta.dirname, '../..');

const failures = new Map<string, string | undefined>();

beforeAll(async () => {
  const include = ['mock/vitest/verified.fixture.ts'];
  const vitest = await startVitest('test', [], { root, config: false, include, watch: false, reporters: [{}], maxWorkers: 1 });
  // Tests that fail, as they must, set the exit code of this process too.
  process.exitCode = undefined;
  for (const module of vitest.state.getTestModules()) {
    for (const each of module.children.allTests()) {
      failures.set(
        each.name,
        each
          .result()
          .errors?.map(({ message }) => message)
          .join('\n'),
      );
    }
  }
  await vitest.close();
}, 60_000);

/** What a test of the file failed with; undefined where it passed. */
function failure(title: string): string | undefined {
  expect([...failures.keys()]).toContain(title);
  return failures.get(title);
}

describe('A test with the mock fixture', () => {
  test('passes where the script was followed, also over the port', () => {
    expect(failure('asks what is scripted')).toBeUndefined();
  });

  test('has a mock of its own, whose port closes when the test ends', () => {
    expect(failure('has a mock of its own, and the port of the other is closed')).toBeUndefined();
  });

  test('fails at its end for a request that the script does not answer', () => {
    expect(failure('asks what is not scripted')).toContain('lastUser: expected /weather/, found "Hi"');
  });

  test('fails at its end for an entry of the script that was not used', () => {
    expect(failure('leaves an entry of the script unused')).toContain('Unused: once() #1');
  });

  test('fails with its own words where it fails by itself', () => {
    expect(failure('fails by itself')).toMatch(
      /The one message received, request \S+ \(POST \/v1\/messages, "Hi"\), differs in\s+model\s+expected: "claude-y"/,
    );
  });

  test('is not verified where that is switched off', () => {
    expect(failure('leaves an entry unused, and nobody asks')).toBeUndefined();
  });
});
