import { defineConfig } from 'vitest/config';

// `npm run bench`: apart from the tests, as what it tells depends on the machine. `npm run bench -- fluid` runs one of them.
export default defineConfig({
  test: {
    include: ['test/bench/**/*.bench.ts'],
    globalSetup: ['test/build.ts'],
    testTimeout: 3_600_000,
    fileParallelism: false,
    disableConsoleIntercept: true,
    env: { TZ: 'UTC', NO_COLOR: '1' },
  },
});
