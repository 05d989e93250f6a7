import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';

/** A synthetic dataset: rows, downloads, scores. */
export class DatasetPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Waits until rows and report are there. */
  async isDone(): Promise<void> {
    await expect(this.#page).toHaveURL(/#\/synthetic-datasets\//, { timeout: 60_000 });
    await expect(this.#page.getByRole('button', { name: 'Download Parquet' })).toBeEnabled();
    const report = this.#page.getByRole('link', { name: 'Open the report' });
    const noReport = this.#page.getByRole('button', { name: 'Write the report' });
    await expect(report.or(noReport)).toBeVisible({ timeout: 30_000 });
  }

  async download(format: 'Parquet' | 'CSV'): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> }> {
    const waiting = this.#page.waitForEvent('download');
    await this.#page.getByRole('button', { name: `Download ${format}` }).click();
    const download = await waiting;
    return {
      name: download.suggestedFilename(),
      bytes: new Uint8Array(await readFile(await download.path())),
    };
  }

  get rows(): Locator {
    return this.#page.getByRole('region', { name: /rows/i }).first();
  }

  async openReport(): Promise<void> {
    await this.#page.getByRole('navigation', { name: 'Steps' }).getByRole('link', { name: 'Report' }).click();
  }
}
