import { expect, type Locator, type Page } from '@playwright/test';

/** The report on a synthetic dataset. */
export class ReportPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The line of the evidence with what the privacy guard of the training saw. */
  get guard(): Locator {
    return this.#page
      .getByRole('region', { name: 'Evidence of privacy' })
      .getByRole('row')
      .filter({ hasText: 'privacy guard' });
  }

  /** The line of a rule, by its sentence. */
  rule(sentence: RegExp): Locator {
    return this.#page
      .getByRole('region', { name: 'Rules in original and synthetic rows' })
      .getByRole('row')
      .filter({ has: this.#page.getByRole('rowheader', { name: sentence }) });
  }

  async isOpen(): Promise<void> {
    await expect(this.#page).toHaveURL(/#\/reports\//);
    await expect(this.#page.getByRole('heading', { level: 1 })).toBeVisible();
  }
}
