// `npm run test:claude-code` runs the real Claude Code, headless, against the mock and the reference server, and tells what it asked, whether
// it had to ask again, and what the suite's checks say of the traffic. Opt-in: it downloads some 380 MB the first time.
// Words after it choose scenarios: `-- mock`. `--json` prints one JSON document, `--output DIR` keeps the recorded traffic for
// `conformance judge`, `--claude PATH` takes another Claude Code than the pinned one. `mock --fault ID`, repeatable, shows what it makes of a
// server that is wrong in a known way (`conformance faults` lists them).
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { knownFaults } from '../../mock/faults/catalogue.ts';
import { contextView } from './context.ts';
import { installClaudeCode } from './install.ts';
import { openOutside } from './outside.ts';
import { reportText } from './report.ts';
import type { ScenarioResult } from './scenario.ts';
import { toolTask } from './tool-task.ts';
import { twoTurns } from './two-turns.ts';

const scenarios = [toolTask, contextView, twoTurns];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    output: { type: 'string' },
    claude: { type: 'string' },
    fault: { type: 'string', multiple: true, default: [] },
  },
});
const unknown = positionals.filter((word) => !scenarios.some(({ id }) => id === word));
if (unknown.length > 0) {
  process.stderr.write(`There is no scenario ${unknown.join(', ')}; there are ${scenarios.map(({ id }) => id).join(', ')}.\n`);
  process.exit(2);
}
const faults = knownFaults.filter(({ id }) => values.fault.includes(id));
if (faults.length < values.fault.length) {
  process.stderr.write(`There is no such fault as one of ${values.fault.join(', ')}; conformance faults lists them.\n`);
  process.exit(2);
}
const tell = (line: string): void => void process.stderr.write(`${line}\n`);

const binary = values.claude ?? installClaudeCode(tell);
const version = execFileSync(binary, ['--version'], { encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '' } }).trim();
await using outside = await openOutside();
const results: ScenarioResult[] = [];
for (const scenario of scenarios.filter(({ id }) => positionals.length === 0 || positionals.includes(id))) {
  tell(`${scenario.id}: ${scenario.title} ...`);
  const result = await scenario.run({ binary, outside: outside.url, faults });
  results.push(result);
  if (!values.json) process.stdout.write(reportText(result));
  if (values.output !== undefined) keep(values.output, result);
}
// With its traffic switched off it asks nobody but the server that it was given.
const strays = outside.attempts.map((line) => `it tried to reach something else: ${line}`);
const ok = strays.length === 0 && results.every(({ problems }) => problems.length === 0);
if (values.json) {
  process.stdout.write(`${JSON.stringify({ claudeCode: version, ok, strays, scenarios: results.map(summaryOf) }, undefined, 2)}\n`);
} else {
  for (const stray of strays) process.stdout.write(`PROBLEM: ${stray}\n`);
  process.stdout.write(`Claude Code ${version}: ${ok ? 'ok' : 'FAILED'}\n`);
}
process.exitCode = ok ? 0 : 1;

/** All but the traffic itself. */
function summaryOf({ id, title, problems, remarks, turns, requests, checks }: ScenarioResult): object {
  return { id, title, ok: problems.length === 0, problems, remarks, turns, requests, checks };
}

function keep(folder: string, { id, record }: ScenarioResult): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${id}.json`), JSON.stringify(record));
}
