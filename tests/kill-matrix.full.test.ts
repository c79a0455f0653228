// Every check has a fault that it notices, for the right reason, and no fault trips a check that it does not name.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('the kill matrix leaves nothing unexplained', { timeout: 300_000 }, () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(import.meta.dirname, 'kill-matrix/index.ts')], { encoding: 'utf8' });
  const lines = stdout.trimEnd().split('\n');
  expect({ complaints: lines.slice(0, -2), stderr, status }).toEqual({ complaints: [], stderr: '', status: 0 });
  expect(lines.at(-1)).toMatch(/^kill matrix: \d{3} faults, \d{3} checks, \d{3} checks killed, 0 unexplained$/);
});
