import { chromium, type Page } from '@playwright/test';
import { findBrowser } from '../../scripts/lib/browser';
import { serve } from '../../scripts/serve/server';
import { buildPage } from './build-page';

export interface ConformancePage {
  readonly page: Page;
  close(): Promise<void>;
}

/**
 * Opens the page that holds the backends, in a browser whose WebGPU may be a software adapter.
 * @param onViolation told of what the app's content security policy refused
 */
export async function openConformancePage(onViolation?: (report: unknown) => void): Promise<ConformancePage> {
  const server = await serve({ root: await buildPage(), port: 0, ...(onViolation && { onViolation }) });
  const browser = await chromium.launch({
    executablePath: findBrowser() ?? undefined,
    args: ['--no-sandbox', '--enable-unsafe-webgpu', '--disable-gpu-watchdog'],
  });
  const page = await browser.newPage();
  await page.goto(server.url);
  await page.waitForFunction(() => 'conformance' in window);
  return {
    page,
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}
