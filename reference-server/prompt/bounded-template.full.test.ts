import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { hostile } from './hostile-templates.fixture.ts';

test('a process with little memory outlives all of them', () => {
  const script = `
    const { BoundedTemplate } = await import(${JSON.stringify(new URL('bounded-template.ts', import.meta.url).href)});
    const stopped = ${JSON.stringify(hostile)}.filter((source) => {
      try { return new BoundedTemplate(source).render({}) === undefined; } catch (error) { return error.name === 'TemplateLimitError'; }
    });
    console.log(stopped.length);`;
  const child = spawnSync(process.execPath, ['--max-old-space-size=1024', '--input-type=module', '--eval', script], { encoding: 'utf8' });
  expect([child.stdout, child.status]).toEqual([`${hostile.length}\n`, 0]);
});
