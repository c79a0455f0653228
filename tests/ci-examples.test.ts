// examples/ci: every workflow parses, and its check runs, word for word, against a mock.
import { copyFileSync, existsSync, globSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { namedModels } from '../cli/commands/mock-models.ts';
import { definitions } from '../cli/settings/definitions.ts';
import { listen } from '../endpoint/node/index.ts';
import { createMock } from '../mock/index.ts';
import manifest from '../package.json' with { type: 'json' };
import { findProfile } from '../profiles/index.ts';
import { openWorkspace, readYaml, root, type Step } from './workflow.fixture.ts';

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, { readonly 'timeout-minutes': number; readonly steps: readonly Step[] }>>;
}

const names = globSync('*.yml', { cwd: join(root, 'examples/ci') })
  .map((file) => file.slice(0, -'.yml'.length))
  .toSorted();

function workflowOf(name: string): { readonly workflow: Workflow; readonly steps: readonly Step[]; readonly check: Step } {
  const workflow = readYaml(`examples/ci/${name}.yml`) as Workflow;
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
  const check = steps.find(({ run }) => run?.includes('messages-conformance'));
  if (check === undefined) throw new Error(`${name}.yml runs no check`);
  return { workflow, steps, check };
}

const flagsOfRun = new Set([...Object.values(definitions).map(({ flag }) => flag.split(' ')[0]), '--write-baseline']);

test('there is one for each server of the profiles', () => {
  expect(names).toEqual(['lm-studio', 'lmdeploy', 'vllm']);
});

describe.each(names)('%s', (name) => {
  const { workflow, steps, check } = workflowOf(name);
  const script = check.run ?? '';
  const started = steps.slice(0, steps.indexOf(check)).flatMap(({ run }) => run ?? []);

  test('starts the server on the port of its profile, and waits for it', () => {
    const url = new URL(findProfile(name)?.baseUrl ?? '');
    expect(started.join('\n')).toMatch(new RegExp(`\\b${url.port}\\b`));
    expect(script).toMatch(new RegExp(`--profile ${name} .*--wait \\d+ .*--baseline \\S+`));
  });

  test('uses flags that exist, and the version of this package', () => {
    const flags = [...script.matchAll(/(?<=\s)--[a-z-]+/g)].map(([flag]) => flag).filter((flag) => flag !== '--yes');
    expect(flags.length).toBeGreaterThan(6);
    expect(flags.filter((flag) => !flagsOfRun.has(flag))).toEqual([]);
    expect(script).toContain(`npx --yes messages-conformance@${manifest.version} `);
  });

  test('keeps the report whatever happens, and may only read', () => {
    const upload = steps.at(-1);
    expect(upload).toMatchObject({
      uses: expect.stringMatching(/^actions\/upload-artifact@/),
      if: 'always()',
      with: { path: 'conformance-report' },
    });
    expect(workflow.permissions).toEqual({ contents: 'read' });
    for (const job of Object.values(workflow.jobs)) expect(job['timeout-minutes']).toBeGreaterThan(0);
    for (const { run = '' } of steps) expect(run).not.toContain('${{');
  });

  test('checks what answers there', async () => {
    const { MODEL = '' } = workflow.env;
    const id = /--model (\S+)/.exec(script)?.[1] === '"$MODEL"' ? MODEL : 'conformance';
    await using server = await listen(createMock({ apiKeys: [], models: namedModels([id]) }), { port: 0 });
    const workspace = openWorkspace();
    mkdirSync(join(workspace.folder, '.github'));
    copyFileSync(join(root, 'examples/ci/known-failures.json'), join(workspace.folder, '.github/known-failures.json'));
    const env = { ...workflow.env, CONFORMANCE_BASE_URL: server.url, CONFORMANCE_ONLY: 'stream.order.*' };
    const { code, stderr, summary } = await workspace.run(script, env);
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('error')]);
    expect(summary).toMatch(/^# Messages API conformance: passed\n/);
    const record: unknown = JSON.parse(readFileSync(join(workspace.folder, 'conformance-report/record.json'), 'utf8'));
    expect(record).toMatchObject({ target: { model: id, profile: name }, baseline: { file: '.github/known-failures.json' } });
    for (const file of ['report.html', 'junit.xml', 'baseline.json']) {
      expect(existsSync(join(workspace.folder, 'conformance-report', file))).toBe(true);
    }
  });
});
