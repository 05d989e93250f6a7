import { expect, type Locator, type Page } from '@playwright/test';

/** Settings, training and model of a generator. */
export class GeneratorPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async isOpen(): Promise<void> {
    await expect(this.#page).toHaveURL(/#\/generators\//);
  }

  button(name: 'Train' | 'Generate' | 'Cancel' | 'Stop and keep best'): Locator {
    return this.#page.getByRole('button', { name, exact: true });
  }
}
