/** Which tests of a suite Vitest is about to run: what `-t` and `only` leave of them. Read from the tree that every test is part of. */
import type { RunnerTask, RunnerTestSuite } from 'vitest';

/** Names of the tests that run, in all of the outermost suite that `task` belongs to. */
export function runningTests(task: RunnerTask): ReadonlySet<string> {
  let top: RunnerTestSuite | undefined = task.suite;
  while (top?.suite !== undefined) top = top.suite;
  return new Set(namesIn(top?.tasks ?? [task]));
}

function namesIn(tasks: readonly RunnerTask[]): readonly string[] {
  return tasks
    .filter(({ mode }) => mode !== 'skip' && mode !== 'todo')
    .flatMap((task) => (task.type === 'suite' ? namesIn(task.tasks) : [task.name]));
}
