import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { ensureBrowser } from '../scripts/lib/browser';
import { ensureBuilt } from '../scripts/lib/build';
import { DIST } from '../scripts/lib/paths';
import { serve } from '../scripts/serve/server';

/** The built app, and a profile on disk in which a browser opens it again and again. */
export interface KeptApp {
  readonly url: string;
  readonly folder: string;
  /** Opens a browser process for as long as its first page is used. */
  open<T>(use: (page: Page, context: BrowserContext) => Promise<T>): Promise<T>;
}

/** Milliseconds that a step on a busy machine may take. */
const PATIENCE = 300_000;

/**
 * Serves the app and makes a profile, both gone afterwards.
 * @param name part of the profile's folder
 * @param args further switches of Chromium
 */
export async function withKeptApp<T>(
  name: string,
  work: (app: KeptApp) => Promise<T>,
  args: string[] = [],
): Promise<T> {
  await ensureBuilt();
  const server = await serve({ root: DIST, port: 0 });
  const folder = mkdtempSync(join(tmpdir(), `doppelgrid-${name}-`));
  try {
    return await work({ url: server.url, folder, open: (use) => withBrowser(folder, args, use) });
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

async function withBrowser<T>(
  folder: string,
  args: string[],
  use: (page: Page, context: BrowserContext) => Promise<T>,
): Promise<T> {
  const executablePath = ensureBrowser();
  const context = await chromium.launchPersistentContext(folder, { executablePath, args });
  context.setDefaultTimeout(PATIENCE);
  // Functions that are handed to a page name their inner ones by it.
  await context.addInitScript('globalThis.__name = (named) => named');
  try {
    return await use(context.pages()[0] ?? (await context.newPage()), context);
  } finally {
    // One that was killed is closed already.
    await context.close().catch(() => undefined);
  }
}

/** Opens the app and waits for its workspace. */
export async function openApp(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.waitForFunction(() => window.doppelgrid?.workspace.isOpen());
}
