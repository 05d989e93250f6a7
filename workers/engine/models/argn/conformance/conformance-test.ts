import { test as base, expect, type Page } from '@playwright/test';
import { serve } from '../../../../../scripts/serve/server';
import { buildPage } from './build-page';
import type { ConformancePage } from './page';

interface Conformance {
  /** Calls a function of the page there. */
  run<K extends keyof ConformancePage>(
    name: K,
    ...given: Parameters<ConformancePage[K]>
  ): ReturnType<ConformancePage[K]>;
  readonly page: Page;
}

/**
 * Tests that share the page with the backends, in a browser whose WebGPU may be a software adapter. What the content
 * security policy of the app refuses there is a failure.
 */
export const test = base.extend<object, { conformance: Conformance }>({
  conformance: [
    async ({ browser }, use, { parallelIndex }) => {
      const violations: unknown[] = [];
      const root = await buildPage(`webgpu-page-${parallelIndex}`);
      const server = await serve({ root, port: 0, onViolation: (report) => violations.push(report) });
      const page = await browser.newPage();
      await page.goto(server.url);
      await page.waitForFunction(() => 'conformance' in window);
      const run: Conformance['run'] = (name, ...given) =>
        page.evaluate(([key, values]) => Reflect.apply(window.conformance[key], null, values), [
          name,
          given,
        ] as const) as ReturnType<ConformancePage[typeof name]>;
      await use({ run, page });
      await page.close();
      await server.close();
      expect(violations, 'violations of the content security policy').toEqual([]);
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});
