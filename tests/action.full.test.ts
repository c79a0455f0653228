// action.yml: its inputs are flags that exist, reach the command unchanged, and are never evaluated.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { definitions, type SettingName } from '../cli/settings/definitions.ts';
import { listen, type RunningServer } from '../endpoint/node/index.ts';
import { dropEvent } from '../mock/faults/reply-faults.ts';
import { createMock } from '../mock/index.ts';
import manifest from '../package.json' with { type: 'json' };
import { record } from '../reports/record.fixture.ts';
import { openWorkspace, type Ran, readYaml, type Step, type Workspace } from './workflow.fixture.ts';

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const action = readYaml('action.yml') as Action;
const { inputs, outputs } = action;
const { steps } = action.runs;
const check = steps.find(({ id }) => id === 'check');
const script = check?.run ?? '';

/** `${{ inputs.base-url }}`, and nothing beside it. */
const inputExpression = /^\$\{\{ inputs\.([a-z-]+) \}\}$/;

/** What the runner puts into the environment of the step. */
function environmentOf(given: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(check?.env ?? {}).map(([variable, expression]) => {
      const name = inputExpression.exec(expression)?.[1] ?? '';
      return [variable, given[name] ?? inputs[name]?.default ?? ''];
    }),
  );
}

async function act(given: Readonly<Record<string, string>>, workspace: Workspace, env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return await workspace.run(script, { ...environmentOf(given), ...env });
}

describe('the text of the action', () => {
  test('puts no expression into a script, and evaluates nothing', () => {
    expect(action.runs.using).toBe('composite');
    const scripts = steps.flatMap(({ run }) => run ?? []);
    expect(scripts).toEqual([script]);
    expect(script).not.toMatch(/\$\{\{|\beval\b|\bsource\b|\bbash\b|\bsh\b|`|\$\(/);
    expect(steps.filter(({ run }) => run !== undefined).map(({ shell }) => shell)).toEqual(['bash']);
  });

  test('hands each input on as one variable, which the command knows, or as a name of its own', () => {
    const handed = Object.entries(check?.env ?? {}).map(([variable, expression]) => [inputExpression.exec(expression)?.[1], variable]);
    const variables = new Map(Object.values(definitions).map(({ flag, variable }) => [flag.split(' ')[0]?.slice(2), variable]));
    variables.set('folder', definitions.output.variable);
    for (const name of ['api-key-env', 'version']) variables.set(name, `INPUT_${name.toUpperCase().replaceAll('-', '_')}`);
    expect(handed).toEqual(handed.map(([name = '']) => [name, variables.get(name)]));
    const elsewhere = ['artifact', 'node-version'];
    expect([...handed.map(([name = '']) => name), ...elsewhere].toSorted()).toEqual(Object.keys(inputs).toSorted());
  });

  test('leaves out only the settings that a workflow hardly needs', () => {
    const missing = (Object.keys(definitions) as SettingName[]).filter((name) => {
      const [flag = ''] = definitions[name].flag.split(' ');
      return !Object.hasOwn(inputs, flag.slice(2));
    });
    expect(missing).toEqual(['headers', 'ca', 'insecure', 'report', 'output']);
  });

  test('runs the version that it belongs to, and gives out every count of the record', () => {
    expect(inputs['version']?.default).toBe(manifest.version);
    const counts = Object.entries(outputs).map(([name, { value }]) => [name, value]);
    expect(counts).toEqual(counts.map(([name]) => [name, `\${{ steps.check.outputs.${name} }}`]));
    expect(Object.keys(outputs).toSorted()).toEqual([...Object.keys(record.totals), 'exit-code'].toSorted());
  });

  test('uploads the folder also where the check failed', () => {
    const upload = steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact@'));
    expect(upload?.if).toMatch(/^\$\{\{ always\(\) && /);
    expect(upload?.with).toMatchObject({ path: '${{ inputs.folder }}', name: '${{ inputs.artifact }}' });
  });
});

describe('the script of the action', () => {
  const failing = 'stream.order.ends-with-message-stop';
  let good: RunningServer;
  let bad: RunningServer;

  beforeAll(async () => {
    good = await listen(createMock({ apiKeys: [] }), { port: 0 });
    bad = await listen(createMock({ apiKeys: [] }), { port: 0, transform: dropEvent('message_stop') });
  });
  afterAll(async () => {
    await Promise.all([good.close(), bad.close()]);
  });

  test('writes reports, summary, baseline and counts', async () => {
    const workspace = openWorkspace();
    const { code, outputs: lines, summary, npx } = await act({ 'base-url': good.url, only: 'stream.order.*' }, workspace);
    expect([code, lines[0]]).toEqual([0, 'exit-code=0']);
    expect(lines).toContain('fail=0');
    expect(lines.find((line) => line.startsWith('pass='))).toMatch(/^pass=\d\d$/);
    expect(summary).toMatch(/^# Messages API conformance: passed\n/);
    expect(npx.map((words) => words.slice(0, 5))).toEqual([
      ['--yes', `--package=messages-conformance@${manifest.version}`, '--', 'messages-conformance', 'run'],
    ]);
    const folder = join(workspace.folder, 'conformance-report');
    expect(readdirSync(folder).toSorted()).toEqual(['baseline.json', 'junit.xml', 'record.json', 'report.html']);
  });

  test('fails where the server does, with annotations; not with the baseline that the run wrote', async () => {
    const workspace = openWorkspace();
    const first = await act({ 'base-url': bad.url, only: failing }, workspace);
    expect([first.code, first.outputs]).toEqual([1, expect.arrayContaining(['exit-code=1', 'fail=1'])]);
    expect(first.stdout).toMatch(new RegExp(`^::error title=${failing}::`, 'm'));
    const second = await act({ 'base-url': bad.url, only: failing, baseline: 'conformance-report/baseline.json' }, workspace);
    expect([second.code, second.outputs]).toEqual([0, expect.arrayContaining(['exit-code=0', 'fail=1'])]);
  });

  test('sends the key of the variable that is named, and writes it nowhere', async () => {
    const key = 'sk-canary-0123456789';
    await using server = await listen(createMock({ apiKeys: [key] }), { port: 0 });
    const workspace = openWorkspace();
    const given = { 'base-url': server.url, only: 'stream.order.has-message-delta', 'api-key-env': 'MY_KEY' };
    const ran = await act(given, workspace, { MY_KEY: key });
    expect(ran.code).toBe(0);
    const files = readdirSync(join(workspace.folder, 'conformance-report')).map((name) =>
      join(workspace.folder, 'conformance-report', name),
    );
    const written = [...files.map((file) => readFileSync(file, 'utf8')), JSON.stringify(ran)].join('\n');
    expect(written).not.toContain('canary');
  });

  test('has no counts of an earlier run where there was none', async () => {
    const workspace = openWorkspace();
    await act({ 'base-url': good.url, only: failing }, workspace);
    const { code, outputs: lines, stderr } = await act({ 'base-url': good.url, level: 'shall' }, workspace);
    expect([code, lines]).toEqual([2, ['exit-code=2']]);
    expect(stderr).toBe('CONFORMANCE_LEVEL takes must, should or may, not "shall".\n');
  });

  describe('takes hostile values for what they are: text', () => {
    const hostile = [
      '$(touch pwned)',
      '`touch pwned`',
      '"; touch pwned; echo "',
      "'; touch pwned; echo '",
      'x\nexit-code=0\ntouch pwned',
      '${BASH_VERSION:+x}; touch pwned &',
      '--help',
      '-e',
    ];
    const names = Object.keys(inputs).filter((name) => !['artifact', 'node-version', 'base-url', 'folder', 'model'].includes(name));

    test.for(names)('%s', async (name) => {
      const workspace = openWorkspace();
      // All in one: a process for each of two hundred would take a minute.
      const { code, outputs: lines } = await act({ 'base-url': good.url, only: failing, [name]: hostile.join(' ') }, workspace);
      expect(existsSync(join(workspace.folder, 'pwned'))).toBe(false);
      expect([code, lines]).toEqual([2, ['exit-code=2']]);
    });

    test.for(hostile)('as model and folder: %j', async (text) => {
      const workspace = openWorkspace();
      const asModel = await act({ 'base-url': good.url, only: failing, model: text }, workspace);
      expect([asModel.code, asModel.outputs[0]]).toEqual([2, 'exit-code=2']);
      const asFolder = await act({ 'base-url': good.url, only: failing, folder: text }, workspace);
      expect([asFolder.code, asFolder.outputs[0]]).toEqual([0, 'exit-code=0']);
      expect(readdirSync(join(workspace.folder, text)).toSorted()).toEqual(['baseline.json', 'junit.xml', 'record.json', 'report.html']);
      for (const line of [...asModel.outputs, ...asFolder.outputs]) expect(line).toMatch(/^[a-z-]+=\d+$/);
      expect(existsSync(join(workspace.folder, 'pwned'))).toBe(false);
    });

    test('a version that is none of ours never reaches npx', async () => {
      const workspace = openWorkspace();
      for (const version of ['../evil', 'npm:evil', 'latest evil', '', '0.1.0;evil', 'https://example.org/evil.tgz']) {
        const { code, npx } = await act({ 'base-url': good.url, version }, workspace);
        expect([version, code, npx]).toEqual([version, 2, []]);
      }
    });
  });
});
