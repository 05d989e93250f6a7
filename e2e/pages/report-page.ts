import { expect, type Page } from '@playwright/test';

/** The report on a synthetic dataset. */
export class ReportPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async isOpen(): Promise<void> {
    await expect(this.#page).toHaveURL(/#\/reports\//);
    await expect(this.#page.getByRole('heading', { level: 1 })).toBeVisible();
  }
}
