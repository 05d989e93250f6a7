import { expect, type Locator, type Page } from '@playwright/test';
import { startsWith } from './starts-with';

/** An imported table: profile, rows, rejected rows, how it was read. */
export class SourcePage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async shows(name: string): Promise<void> {
    await expect(this.#page.getByRole('heading', { level: 1, name })).toBeVisible();
    await expect(this.#page).toHaveURL(/#\/sources\//);
  }

  /** The value of one of the facts under the heading. */
  fact(name: string): Locator {
    return this.#page
      .locator('dl')
      .first()
      .locator('div', { has: this.#page.getByText(name, { exact: true }) })
      .getByRole('definition');
  }

  profile(column: string): Locator {
    return this.#page
      .getByRole('region', { name: 'Column profiles' })
      .getByRole('row')
      .filter({
        has: this.#page.getByRole('rowheader', { name: startsWith(column) }),
      });
  }

  get rows(): Locator {
    return this.#page.getByRole('region', { name: /^Rows of / });
  }

  get rejected(): Locator {
    return this.#page.getByRole('region', { name: 'Rejected rows' });
  }

  async openRejected(): Promise<void> {
    await this.#page.getByText(/could not be read and/).click();
  }

  async synthesize(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Synthesize', exact: true }).click();
  }

  async configure(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Configure', exact: true }).click();
  }
}
