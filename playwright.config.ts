import { defineConfig } from '@playwright/test';
import { findBrowser } from './scripts/lib/browser';

const executablePath = findBrowser() ?? undefined;

export default defineConfig({
  testMatch: '*.spec.ts',
  outputDir: 'test-results/e2e',
  globalSetup: './e2e/serve-app.ts',
  timeout: 60_000,
  expect: { timeout: 20_000 },
  // Each journey has a browser of its own; how soon the page answers is measured in processor time.
  workers: 2,
  forbidOnly: true,
  projects: [
    {
      name: 'conformance',
      testDir: 'workers/engine/models/argn/conformance',
      use: {
        launchOptions: {
          executablePath,
          args: ['--no-sandbox', '--enable-unsafe-webgpu', '--disable-gpu-watchdog'],
        },
      },
    },
    {
      name: 'journeys',
      testDir: 'e2e',
      use: {
        viewport: { width: 1280, height: 900 },
        // Every context is a first visit, and would fetch the whole app once more; e2e/offline.spec.ts lets it.
        serviceWorkers: 'block',
        // A trace takes a third of the time of a journey: what failed is run again with `--trace on`.
        screenshot: 'only-on-failure',
        launchOptions: { executablePath, args: ['--enable-unsafe-webgpu'] },
      },
    },
  ],
});
