// `npm run kill-matrix` tries every known fault against the catalogue. Words after it select faults by glob or checks by area: `-- http 'no-*'`.
import { matchesGlob } from 'node:path';
import { knownFaults } from '../../mock/faults/catalogue.ts';
import { checks } from '../../suites/catalogue.ts';
import { matrixOf } from './matrix.ts';
import { cleanRun, type Trial, tryFault } from './trial.ts';

/** Faults that are tried at a time. */
const lanes = 4;

const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const isTalkative = process.argv.includes('--verbose');
const isWanted = (id: string, trips: readonly string[]): boolean =>
  words.length === 0 || words.some((word) => matchesGlob(id, word) || trips.some((check) => check.startsWith(`${word}.`)));
const faults = knownFaults.filter(({ id, trips }) => isWanted(id, trips));
const selected = checks.map(({ id }) => id).filter((id) => words.length === 0 || words.some((word) => id.startsWith(`${word}.`)));

const began = performance.now();
const clean = await cleanRun();
const adverse = clean.record.verdicts.filter(({ outcome }) => ['fail', 'warn', 'info', 'harness-error'].includes(outcome));
for (const { check, outcome } of adverse) process.stderr.write(`the clean server: ${outcome} ${check}\n`);

const trials: Trial[] = [];
const queue = faults.values();
await Promise.all(
  Array.from({ length: lanes }, async () => {
    for (const fault of queue) {
      const trial = await tryFault(fault, clean);
      trials.push(trial);
      if (isTalkative) {
        const { tripped, silenced, requests, ms } = trial;
        process.stdout.write(`${fault.id}: ${Math.round(ms)} ms, ${requests} requests, trips ${tripped.join(' ') || 'nothing'}`);
        process.stdout.write(silenced.length === 0 ? '\n' : `; silences ${silenced.length}\n`);
      }
    }
  }),
);

const { complaints, summary } = matrixOf(
  faults,
  trials,
  checks.map(({ id }) => id),
  selected,
);
for (const complaint of complaints) process.stdout.write(`${complaint}\n`);
process.stdout.write(`${((performance.now() - began) / 1000).toFixed(1)} s\n${summary}\n`);
process.exitCode = complaints.length === 0 && adverse.length === 0 ? 0 : 1;
