import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'threads',
    maxWorkers: 2,
    // Loading modules anew for every file would take as long as half of the tests; what a test changes, it puts back.
    isolate: false,
    projects: [
      {
        extends: true,
        test: { name: 'node', include: ['{src,workers,scripts,bench}/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'components',
          include: ['src/**/*.test.tsx'],
          environment: 'happy-dom',
          setupFiles: ['src/testing/set-up.ts'],
        },
      },
    ],
  },
});
