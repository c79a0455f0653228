import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** Their tests leave nothing behind, so they share a process, which spares them some twenty seconds. */
const tidy = ['cli', 'endpoint', 'mock', 'profiles', 'reports', 'runner', 'spec', 'suites'].map((folder) => `${folder}/**/*.test.ts`);
const left = ['node_modules/**', 'dist/**', '**/*.full.test.ts'];

// Unit tests beside the sources, end-to-end tests in `tests/`. What takes longer is in vitest.full.config.ts.
const config: ViteUserConfig = defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'together', include: tidy, exclude: left, isolate: false } },
      { extends: true, test: { name: 'alone', include: ['**/*.test.ts'], exclude: [...left, ...tidy] } },
    ],
    testTimeout: 20_000,
    // What the servers under test remember of models stays out of the account's own cache.
    env: { XDG_CACHE_HOME: join(tmpdir(), 'messages-conformance-tests') },
    maxWorkers: 2,
  },
});

export default config;
