import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Workers and the CLI run from dist/ (Node 20 cannot start a worker from TypeScript): build first.
    globalSetup: ['test/build.ts'],
    setupFiles: ['test/seed.ts'],
    // a core is not kept free for what waits
    maxWorkers: '100%',
    testTimeout: 30_000,
    env: { TZ: 'UTC', NO_COLOR: '1' },
  },
});
