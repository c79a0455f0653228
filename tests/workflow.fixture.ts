/** Runs the scripts of action.yml and of workflows as a GitHub runner does: bash, a `GITHUB_*` environment, and an `npx` that finds our own build. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { parse } from 'yaml';

export const root: string = resolve(import.meta.dirname, '..');

export interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string | number>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly shell?: string;
  readonly run?: string;
}

/** @param path below the root. */
export function readYaml(path: string): unknown {
  return parse(readFileSync(join(root, path), 'utf8'));
}

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Lines that it wrote to `$GITHUB_OUTPUT`. */
  readonly outputs: readonly string[];
  /** What it wrote to `$GITHUB_STEP_SUMMARY`. */
  readonly summary: string;
  /** Words of each call of `npx`. */
  readonly npx: readonly (readonly string[])[];
}

export interface Workspace {
  /** Where steps run. */
  readonly folder: string;
  run(script: string, env: NodeJS.ProcessEnv): Promise<Ran>;
}

/** Takes the words up to `--`, or the first that is no flag of its own, for npx's; the rest go to our build. */
const npx = `#!${process.execPath}
const { appendFileSync } = require('node:fs');
const words = process.argv.slice(2);
appendFileSync(process.env.NPX_CALLS, JSON.stringify(words) + '\\n');
const bin = words.findIndex((word) => /^messages-conformance(@|$)/.test(word));
const { status } = require('node:child_process').spawnSync(
  process.execPath,
  [${JSON.stringify(join(root, 'dist/cli/bin.cjs'))}, ...words.slice(bin + 1)],
  { stdio: 'inherit' },
);
process.exitCode = status ?? 99;
`;

export function openWorkspace(): Workspace {
  const home = mkdtempSync(join(tmpdir(), 'conformance-workflow-'));
  const [folder, bin] = [join(home, 'work'), join(home, 'bin')];
  for (const path of [folder, bin]) mkdirSync(path);
  writeFileSync(join(bin, 'npx'), npx);
  chmodSync(join(bin, 'npx'), 0o755);
  let runs = 0;

  return {
    folder,
    async run(script, env) {
      runs += 1;
      const at = (name: string): string => join(home, `${name}-${runs}`);
      for (const name of ['output', 'summary', 'calls']) writeFileSync(at(name), '');
      writeFileSync(at('script'), script);
      const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', at('script')], {
        cwd: folder,
        env: {
          PATH: [bin, resolve(process.execPath, '..'), process.env['PATH']].join(delimiter),
          HOME: home,
          CI: 'true',
          GITHUB_ACTIONS: 'true',
          GITHUB_OUTPUT: at('output'),
          GITHUB_STEP_SUMMARY: at('summary'),
          NPX_CALLS: at('calls'),
          ...env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
      const lines = (name: string): readonly string[] => readFileSync(at(name), 'utf8').split('\n').slice(0, -1);
      return {
        code: child.exitCode,
        stdout,
        stderr,
        outputs: lines('output'),
        summary: readFileSync(at('summary'), 'utf8'),
        npx: lines('calls').map((line): readonly string[] => JSON.parse(line)),
      };
    },
  };
}
