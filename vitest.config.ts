import { defineConfig, type ViteUserConfig } from 'vitest/config';

// Unit tests beside the sources, end-to-end tests in `tests/`. What takes longer is in vitest.full.config.ts.
const config: ViteUserConfig = defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules/**', 'dist/**', '**/*.full.test.ts'],
    testTimeout: 20_000,
    maxWorkers: 2,
  },
});

export default config;
