// `npm run measure` asks the reference server everything and writes `suites/costs.json`: which steps generate, what they may cost at most and
// what they cost there. `plan` adds it up. Run it after probes have changed; a test says when.
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startReferenceServer } from '../reference-server/serve.ts';
import { run } from '../runner/run.ts';
import { probes } from '../suites/catalogue.ts';
import { costsOf } from './costs.ts';

const key = 'sk-measured-with-a-key';
const server = await startReferenceServer({ port: 0, apiKeys: [key] });
try {
  // Named one and all, so that costly probes are sent too. One at a time, so that equal sends are shared in the order of the catalogue.
  const record = await run({ baseUrl: server.url, apiKey: key, only: ['*'], concurrency: 1 });
  if (record.ended !== 'finished') throw new Error(`the run ended early: ${record.endedBecause ?? record.ended}`);
  const costs = costsOf(record, probes);
  writeFileSync(join(resolve(import.meta.dirname, '..'), 'suites/costs.json'), `${JSON.stringify(costs, null, 2)}\n`);
  const steps = Object.values(costs.steps).filter(({ same }) => same === undefined);
  const sum = (of: (step: (typeof steps)[number]) => number): number => steps.reduce((total, step) => total + of(step), 0);
  process.stdout.write(
    `${steps.length} requests, ${sum(({ most }) => (most > 0 ? 1 : 0))} generate, ${sum(({ tokens }) => tokens)} output tokens, at most ${sum(({ most }) => most)}\n`,
  );
} finally {
  await server.close();
}
