// Whatever a server says in the place of a value, checks and probes come to a verdict and every report can be written.
import { expect, test } from 'vitest';
import { listen } from '../endpoint/node/index.ts';
import { createMock } from '../mock/index.ts';
import { catalogue } from '../reports/catalogue.ts';
import { formatNames, formats } from '../reports/formats.ts';
import { run } from '../runner/index.ts';
import { hostileValues } from './hostile-values.fixture.ts';

/** With much time many servers, each another; otherwise a few. */
const servers = Number(process.env['HOSTILE_SERVERS'] ?? 2);

test.each(Array.from({ length: servers }, (_, seed) => seed))('server %d', { timeout: 60_000 }, async (seed) => {
  await using server = await listen(createMock(), { port: 0, transform: hostileValues(seed) });
  const record = await run({ baseUrl: server.url, auth: 'x-api-key', apiKey: 'sk-test', model: 'mock-model', timeoutMs: 5000 });
  // Of the servers that may replace anything, none is right.
  if (seed % 2 === 1) expect(record.totals.fail).toBeGreaterThan(0);
  const broken = record.verdicts.filter(({ outcome }) => outcome === 'harness-error');
  expect(broken.map(({ check, reason }) => `${check}: ${reason}`)).toEqual([]);
  for (const name of formatNames) {
    const text = (await formats[name].load())(record, catalogue);
    expect((typeof text === 'string' ? text : [...text].join('')).length).toBeGreaterThan(0);
  }
});
