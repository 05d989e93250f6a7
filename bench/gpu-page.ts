import { chromium, type Page } from '@playwright/test';
import { findBrowser, INSTALL_HINT } from '../scripts/lib/browser';
import { serve } from '../scripts/serve/server';
import { buildPage } from '../workers/engine/models/argn/conformance/build-page';
import { print } from './terminal';

/** A built page, and the name of what it puts on `window` when it is ready. */
export interface GpuPage {
  build(): Promise<string>;
  readonly global: string;
}

const CONFORMANCE: GpuPage = { build: buildPage, global: 'conformance' };

/**
 * Opens a page in Chromium with WebGPU for some work; says how to get a browser where there is none.
 * @param which the test page of the GPU unless told otherwise
 */
export async function withGpuPage<T>(
  work: (page: Page) => Promise<T>,
  which: GpuPage = CONFORMANCE,
): Promise<T | undefined> {
  const executablePath = findBrowser();
  if (!executablePath) {
    print(INSTALL_HINT);
    return;
  }
  const server = await serve({ root: await which.build(), port: 0 });
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--enable-unsafe-webgpu', '--enable-features=Vulkan', '--disable-gpu-watchdog'],
  });
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.waitForFunction((name) => name in window, which.global);
    return await work(page);
  } finally {
    await browser.close();
    await server.close();
  }
}
