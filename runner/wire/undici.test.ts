import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import * as undici from 'undici';
import { Client, errors } from './undici.ts';

test('The parts are those of the entry point, and need no entry point', () => {
  expect(Client).toBe(undici.Client);
  expect(errors.HTTPParserError).toBe(undici.errors.HTTPParserError);
  const lib = join(resolve(import.meta.dirname, '../..'), 'node_modules/undici/lib');
  expect(['dispatcher/client.js', 'core/errors.js'].filter((file) => !existsSync(join(lib, file)))).toEqual([]);
});
