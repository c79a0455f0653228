import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

/** Prints the URL of every module that is loaded. */
const spy = `data:text/javascript,import{registerHooks}from'node:module';registerHooks({load(url,context,next){console.error(url);return next(url,context)}})`;

describe('what the quick commands load', () => {
  it.each([[['--help']], [['list']], [['list', '--json']], [['explain', 'nothing']], [['--version']]])('%j is little', (words) => {
    const loaded = modulesOf(words);
    expect(loaded.some((url) => url.endsWith('cli/program.ts'))).toBe(true);
    const suites = loaded.filter((url) => url.includes('/suites/'));
    expect(suites.map((url) => url.slice(url.indexOf('suites/')))).toEqual(
      words[0]?.startsWith('--') ? ['suites/version.json'] : ['suites/version.json', 'suites/catalogue.json'],
    );
    // What takes the time: the HTTP client, validators, the model library, the SDK, and everything that sends, judges or answers.
    const heavy =
      /undici|ajv|anthropic-ai|node-llama-cpp|spec\/generated|\/runner\/(?!select\.ts|errors\.ts)|\/endpoint\/|\/mock\/|reference-server/;
    expect(loaded.filter((url) => heavy.test(url))).toEqual([]);
    expect(loaded.filter((url) => url.startsWith('file:')).length).toBeLessThan(32);
  });
});

function modulesOf(words: readonly string[]): readonly string[] {
  const main = JSON.stringify(new URL('./main.ts', import.meta.url).href);
  const script = `import(${main}).then(({ main }) => main(${JSON.stringify(words)}))`;
  const { stderr } = spawnSync(process.execPath, ['--import', spy, '--eval', script], { encoding: 'utf8' });
  return stderr.split('\n').filter((line) => /^(file|node|data):/.test(line));
}
