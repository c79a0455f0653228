// What the built commands load before they answer: those that send nothing load nothing that sends, judges or serves.
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const dist = join(resolve(import.meta.dirname, '..'), 'dist');

/** Prints the URL of every ES module that is loaded. */
const spy = `data:text/javascript,${encodeURIComponent(
  `import { registerHooks } from 'node:module';
   registerHooks({ load(url, context, next) { console.error('loaded ' + url); return next(url, context); } });`,
)}`;

/** Files of the package that are data or small: everything else behind these folders is what takes the time. */
const light: ReadonlySet<string> = new Set([
  'suites/catalogue.json',
  'suites/costs.json',
  'suites/version.json',
  'runner/agenda.js',
  'runner/base-url.js',
  'runner/budget.js',
  'runner/errors.js',
  'runner/select.js',
  'spec/as-text.js',
]);

/** Ids of packages, and paths below `dist`. */
function loadedBy(words: readonly string[], code = 0): { readonly packages: readonly string[]; readonly files: readonly string[] } {
  const { stderr, status } = spawnSync(process.execPath, ['--import', spy, join(dist, 'cli/bin.cjs'), ...words], {
    encoding: 'utf8',
    cwd: tmpdir(),
    env: { PATH: process.env['PATH'] },
  });
  expect(status).toBe(code);
  const urls = [...stderr.matchAll(/^loaded (file:.*)$/gm)].map(([, url = '']) => decodeURIComponent(url));
  const packages = urls.flatMap((url) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1] ?? []);
  const files = urls.filter((url) => !url.includes('/node_modules/')).map((url) => url.slice(url.indexOf('/dist/') + '/dist/'.length));
  return { packages: [...new Set(packages)], files };
}

describe('a command that sends nothing loads no HTTP client, SDK, msw, validator or check', () => {
  test.each([
    [['--help']],
    [['--version']],
    [['run', '--help']],
    [['list']],
    [['list', '--json']],
    [['explain', 'stream.order.index-contiguous']],
    [['plan']],
    [['plan', '--quick', '--json']],
    [['plan', '--client', 'claude-code']],
  ])('%j', (words) => {
    const { packages, files } = loadedBy(words);
    expect(packages).toEqual(['commander']);
    expect(files).toContain('cli/program.js');
    const rooms = files.filter((file) => /^(spec|suites|runner|endpoint|mock|reference-server|vitest-suite)\//.test(file));
    expect(rooms.filter((file) => !light.has(file))).toEqual([]);
    // Half a millisecond each, of the 0.15 s that such a command may take.
    expect(files.length).toBeLessThan(48);
  });
});

test('the spy sees what is loaded late', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'conformance-test-'));
  const { packages } = loadedBy(['run', '--base-url', 'http://127.0.0.1:9', '--model', 'm', '--output', folder], 3);
  await rm(folder, { recursive: true });
  expect(packages).toContain('undici');
});
