import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** The long tests: packed tarball in an empty folder. Run by `npm run test:full`. */
const config: ViteUserConfig = defineConfig({
  test: {
    include: ['**/*.full.test.ts'],
    exclude: ['node_modules/**', 'dist/**'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // What the servers under test remember of models stays out of the account's own cache.
    env: { XDG_CACHE_HOME: join(tmpdir(), 'messages-conformance-tests') },
    maxWorkers: 1,
  },
});

export default config;
