// action.yml and the workflows of examples/ci, read by the parser that GitHub publishes: unknown keys, missing ones, and expressions that name nothing.
import { globSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { root } from './workflow.fixture.ts';

/** What the test uses of `@actions/workflow-parser`. */
interface Parsed {
  readonly value?: unknown;
  readonly context: { readonly errors: { getErrors(): readonly Error[] } };
}
type Parse = (file: { readonly name: string; readonly content: string }, trace: unknown) => Parsed;

let problemsOf: (name: string, content: string) => Promise<readonly string[]>;

beforeAll(async () => {
  // The package imports JSON as bundlers do, without saying that it is.
  const hooks = registerHooks({
    load: (url, context, next) =>
      next(url, url.endsWith('.json') ? { ...context, format: 'json', importAttributes: { type: 'json' } } : context),
  });
  const parser = await import('@actions/workflow-parser');
  // Its manifest exports the parser of workflows, not that of actions.
  const actions = await import(new URL('actions/index.js', import.meta.resolve('@actions/workflow-parser')).href);
  hooks.deregister();
  problemsOf = async (name, content) => {
    const trace = new parser.NoOperationTraceWriter();
    const isAction = name === 'action.yml';
    const parse = (isAction ? actions.parseAction : parser.parseWorkflow) as Parse;
    const { context, value } = parse({ name, content }, trace);
    if (!isAction && value !== undefined) await parser.convertWorkflowTemplate(context as never, value as never);
    return context.errors.getErrors().map(({ message }) => message);
  };
});

const files = ['action.yml', ...globSync('examples/ci/*.yml', { cwd: root }).toSorted()];
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

describe.each(files)('%s', (file) => {
  test('is what GitHub reads', async () => {
    expect(await problemsOf(file, textOf(file))).toEqual([]);
  });

  test('is seen to be wrong where it is', async () => {
    const wrong = textOf(file).replace('runs-on:', 'run-on:').replace('shell: bash', 'shel: bash');
    expect(await problemsOf(file, wrong)).toEqual(
      expect.arrayContaining([expect.stringMatching(/Unexpected value 'run-on|Unexpected value 'shel'/)]),
    );
  });
});

test('an expression that names nothing is seen', async () => {
  const wrong = textOf('action.yml').replace('inputs.base-url', 'inputz.base-url');
  expect(await problemsOf('action.yml', wrong)).toEqual([expect.stringContaining("Unrecognized named-value: 'inputz'")]);
});
