import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import type { ErrorCode } from '../../src/domain/errors';
import type { Job } from '../../src/domain/job';
import { serve } from '../serve/server';
import { ensureBrowser } from './browser';
import { ensureBuilt } from './build';
import { DIST } from './paths';
import { type PageMemory, pageMemory } from './process-memory';

/** What a call in the page came to; an error crosses with its sentence and code. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string };

declare global {
  interface Window {
    /** Files given by `HeadlessApp.give`, by what they are for; several are one table. */
    given: Record<string, File[]>;
    /** Results to be saved, by name. */
    files: Record<string, File>;
    attempt<T>(work: () => T | Promise<T>): Promise<Outcome<T>>;
    tellProgress(job: Job): void;
  }
}

/** An error that the page reported. */
export class PageError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** The app in a headless browser of its own, served on a free port. */
export class HeadlessApp {
  readonly page: Page;
  readonly #profile: string;
  readonly #close: () => Promise<void>;

  private constructor(page: Page, profile: string, close: () => Promise<void>) {
    this.page = page;
    this.#profile = profile;
    this.#close = close;
  }

  /** Builds the app if needed and waits until `window.doppelgrid` is there. */
  static async open(onProgress: (job: Job) => void): Promise<HeadlessApp> {
    const executablePath = ensureBrowser();
    await ensureBuilt();
    const server = await serve({ root: DIST, port: 0 });
    // A profile on disk: without one the browser keeps the app's private files in memory.
    const profile = mkdtempSync(join(tmpdir(), 'doppelgrid-profile-'));
    let context: BrowserContext | null = null;
    const close = async () => {
      await context?.close();
      await server.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    };
    try {
      // The caller ends this on Ctrl-C; Playwright would exit before its files are cleaned up.
      const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
      // On Linux Chromium offers WebGPU only with this flag.
      const args = ['--enable-unsafe-webgpu'];
      context = await chromium.launchPersistentContext(profile, {
        executablePath,
        args,
        // The profile is thrown away: nothing needs to be kept for use without a network.
        serviceWorkers: 'block',
        ...signals,
      });
      const page = context.pages()[0] ?? (await context.newPage());
      page.setDefaultTimeout(0);
      await page.exposeFunction('tellProgress', onProgress);
      // tsx names functions through a helper that functions sent to the page do not take along.
      await page.addInitScript('globalThis.__name = (named) => named');
      await page.addInitScript(preparePage);
      await page.goto(server.url);
      await page.waitForFunction(() => window.doppelgrid !== undefined);
      return new HeadlessApp(page, profile, close);
    } catch (error) {
      await close();
      throw error;
    }
  }

  /** Puts files at `window.given[name]` without their bytes passing through here. */
  async give(name: string, ...paths: readonly string[]): Promise<void> {
    const input = await this.page.evaluateHandle(() => {
      const element = document.createElement('input');
      element.type = 'file';
      element.multiple = true;
      return element;
    });
    await input.setInputFiles([...paths]);
    await input.evaluate((element, key) => {
      window.given[key] = [...element.files!];
    }, name);
    await input.dispose();
  }

  /** Saves `window.files[name]` through the browser's downloads. */
  async save(name: string, path: string): Promise<void> {
    const [download] = await Promise.all([
      this.page.waitForEvent('download'),
      this.page.evaluate((key) => {
        const link = document.createElement('a');
        link.href = URL.createObjectURL(window.files[key]!);
        link.download = key;
        link.click();
      }, name),
    ]);
    await download.saveAs(path);
  }

  /** Memory of the page with its workers; null where the system does not tell. */
  memory(): PageMemory | null {
    return pageMemory(this.#profile);
  }

  close(): Promise<void> {
    return this.#close();
  }
}

/** The value of an outcome. @throws PageError */
export function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new PageError(outcome.code, outcome.message);
  return outcome.value;
}

/** Runs in the page before its scripts. */
function preparePage(): void {
  window.files = {};
  window.given = {};
  window.attempt = async (work) => {
    try {
      return { ok: true, value: await work() };
    } catch (error) {
      const { code = 'internal', message = String(error) } = error as { code?: ErrorCode; message?: string };
      return { ok: false, code, message };
    }
  };
}
