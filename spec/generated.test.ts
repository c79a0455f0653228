// The generated files against the schemas. That the schemas say what the SDK's types say is told by `sdk/sdk-coverage.test.ts`.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('what is generated is what is committed', () => {
  const root = join(import.meta.dirname, '..');
  expect(execFileSync(process.execPath, ['scripts/generate.ts', '--check'], { cwd: root, encoding: 'utf8' })).toBe('');
});
