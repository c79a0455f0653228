import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

// Unit tests beside the sources, end-to-end tests in `tests/`. What takes longer is in vitest.full.config.ts.
const config: ViteUserConfig = defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules/**', 'dist/**', '**/*.full.test.ts'],
    testTimeout: 20_000,
    // What the servers under test remember of models stays out of the account's own cache.
    env: { XDG_CACHE_HOME: join(tmpdir(), 'messages-conformance-tests') },
    maxWorkers: 2,
  },
});

export default config;
