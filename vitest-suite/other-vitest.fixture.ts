/** Another Vitest, which runs the catalogue as a user's project would, and what it reports. */
import { resolve } from 'node:path';
import { startVitest } from 'vitest/node';
import type { ConformanceSuiteOptions } from './index.ts';

export interface TestReport {
  readonly state: string;
  /** Why it was skipped. */
  readonly note: string | undefined;
  readonly errors: readonly string[];
  readonly annotations: readonly string[];
  /** Names of the groups around it, the outermost first. */
  readonly groups: readonly string[];
}

export interface SuiteReport {
  /** By id of the check. */
  readonly tests: ReadonlyMap<string, TestReport>;
  /** Of the suite itself, or of collecting it. */
  readonly errors: readonly string[];
}

export interface Settings {
  /** What `-t` is given. */
  readonly pattern?: string;
  readonly isLate?: boolean;
}

export async function runInVitest(
  options: ConformanceSuiteOptions & { readonly baseUrl: string },
  { pattern, isLate = false }: Settings = {},
): Promise<SuiteReport> {
  const root = resolve(import.meta.dirname, '..');
  const { exitCode } = process;
  const vitest = await startVitest('test', [], {
    root,
    config: false,
    include: ['vitest-suite/describe-conformance.fixture.ts'],
    watch: false,
    reporters: [{}],
    maxWorkers: 1,
    env: { CONFORMANCE_OPTIONS: JSON.stringify({ ...options, isLate }) },
    ...(pattern === undefined ? {} : { testNamePattern: pattern }),
  });
  // Tests that fail, as they must, set the exit code of this process too.
  process.exitCode = exitCode;
  const modules = vitest.state.getTestModules();
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const suites = modules.flatMap((module) => [...module.children.allSuites()]);
  const report: SuiteReport = {
    tests: new Map(tests.map((test) => [test.name.slice(0, test.name.indexOf(':')), reportOf(test)])),
    errors: [...modules, ...suites].flatMap((each) => each.errors().map(({ message }) => message)),
  };
  await vitest.close();
  return report;
}

type Vitest = Awaited<ReturnType<typeof startVitest>>;
type TestModule = ReturnType<Vitest['state']['getTestModules']>[number];
type TestCase = ReturnType<TestModule['children']['allTests']> extends Iterable<infer Test> ? Test : never;

function reportOf(test: TestCase): TestReport {
  const result = test.result();
  return {
    state: result.state,
    note: result.state === 'skipped' ? result.note : undefined,
    errors: (result.errors ?? []).map(({ message }) => message),
    annotations: test.annotations().map(({ message }) => message),
    groups: groupsOf(test),
  };
}

function groupsOf({ parent }: { readonly parent: TestCase['parent'] }): readonly string[] {
  return parent.type === 'module' ? [] : [...groupsOf(parent), parent.name];
}
