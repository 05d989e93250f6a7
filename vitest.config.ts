import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const FOLDERS = ['src', 'workers', 'scripts', 'bench'];

/** Tests that put another module in the place of one, which an earlier test may have loaded already. */
const MOCKING = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.test\.tsx?$/.test(name))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => /\bvi\.mock\(/.test(readFileSync(path, 'utf8'))),
);

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'threads',
    maxWorkers: 2,
    // Loading modules anew for every file would take as long as half of the tests; what a test changes, it puts back.
    isolate: false,
    setupFiles: ['scripts/testing/fixed-seed.ts'],
    projects: [
      {
        extends: true,
        test: { name: 'node', include: [`{${FOLDERS}}/**/*.test.ts`], exclude: MOCKING },
      },
      {
        extends: true,
        test: {
          name: 'components',
          include: ['src/**/*.test.tsx'],
          exclude: MOCKING,
          environment: 'happy-dom',
          setupFiles: ['scripts/testing/fixed-seed.ts', 'src/testing/set-up.ts'],
        },
      },
      { extends: true, test: { name: 'mocking', include: MOCKING, isolate: true } },
    ],
  },
});
