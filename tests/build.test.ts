// What the build leaves behind.
import { accessSync, constants, globSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const dist = join(resolve(import.meta.dirname, '..'), 'dist');

test('the command can be executed, so that npx runs it after every build', () => {
  expect(() => accessSync(join(dist, 'cli/bin.cjs'), constants.X_OK)).not.toThrow();
});

test('what tsc does not copy is there', () => {
  const assets = [
    'spec/generated/validators.js',
    'spec/schemas/message.json',
    'spec/stream-grammar.json',
    'suites/catalogue.json',
    'suites/version.json',
    'reference-server/model/tiny.gguf',
  ];
  expect(assets.flatMap((file) => globSync(file, { cwd: dist }))).toEqual(assets);
});
