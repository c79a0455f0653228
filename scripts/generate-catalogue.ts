// Writes `suites/catalogue.json`, what `list` and `explain` load instead of the checks, and `suites/version.json`, which all commands load.
// With `--check` it only compares.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { checks, probes } from '../suites/catalogue.ts';
import { quickChecks, quickSteps } from '../suites/quick.ts';
import { areaOf, type Check } from '../suites/model/check.ts';

const folder = join(resolve(import.meta.dirname, '..'), 'suites');
const { version } = packageJson;

function probesRead(check: Check): readonly string[] {
  if (check.kind === 'general') return check.probes;
  return [...new Set(Object.values(check.reads).map((address) => address.slice(0, address.indexOf('/'))))];
}

const listed = {
  checks: checks.map((check) => ({
    id: check.id,
    since: check.since,
    level: check.level,
    layer: check.layer,
    area: areaOf(check.id),
    requirement: check.requirement,
    source: check.source,
    why: check.why,
    breaks: check.breaks,
    bugs: check.bugs ?? [],
    fix: check.fix,
    needs: check.needs ?? [],
    parts: check.parts,
    covers: check.covers,
    probes: probesRead(check),
    quarantined: check.quarantined,
  })),
  probes: probes.map(({ id, title, needs = [], needsKey, costly, cost, steps }) => ({ id, title, needs, needsKey, costly, cost, steps })),
  quick: { checks: quickChecks, steps: quickSteps },
};
const hash = createHash('sha256').update(JSON.stringify(listed)).digest('hex').slice(0, 16);
const files = { 'catalogue.json': { version, hash, ...listed }, 'version.json': { version } };

for (const [name, data] of Object.entries(files)) {
  const file = join(folder, name);
  const text = `${JSON.stringify(data, null, 2)}\n`;
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    process.stderr.write(`suites/${name} is not what the catalogue says; run npm run generate.\n`);
    process.exitCode = 1;
  }
}
