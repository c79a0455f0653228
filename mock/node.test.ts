import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('The mock on a port loads nothing of Node that is for clients: its fetch alone takes 9 MB', () => {
  const url = JSON.stringify(join(import.meta.dirname, 'node.ts'));
  const script = `import(${url}).then(() => console.log(process.moduleLoadList.filter((name) => /undici|zlib$/.test(name)).join()))`;
  expect(execFileSync(process.execPath, ['--no-warnings', '-e', script], { encoding: 'utf8' }).trim()).toBe('');
});
