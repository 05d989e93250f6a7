import { expect, type Locator, type Page } from '@playwright/test';
import { startsWith } from './starts-with';

/**
 * Settings of a training that goes on until it is stopped: so small batches that an epoch of 20,000 rows takes seconds,
 * and the first validation is there at once.
 */
export const LONG_TRAINING = { modelSize: 'L', batchSize: 4, privacyGuard: false } as const;

/** Settings, training and model of a generator. */
export class GeneratorPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Opens an untrained generator of the newest source whose training takes long enough to be looked at. */
  openLarge(): Promise<void> {
    return this.#open(LONG_TRAINING);
  }

  /** Opens one that is trained in no time. */
  openQuick(): Promise<void> {
    return this.#open({ modelSize: 'S', maxEpochs: 1, privacyGuard: false });
  }

  #open(settings: object): Promise<void> {
    return this.#page.evaluate((settings) => {
      const { sources, generators } = window.doppelgrid;
      const { config } = generators.propose(sources.list().at(-1)!.id);
      Object.assign(config.tables[0]!.tabularModelConfiguration, settings);
      location.hash = `#/generators/${generators.create(config).id}`;
    }, settings);
  }

  async isOpen(): Promise<void> {
    await expect(this.#page).toHaveURL(/#\/generators\//);
  }

  /** The line of a rule, by its sentence without the marks of its columns. */
  rule(sentence: string | RegExp): Locator {
    return this.#page
      .getByRole('region', { name: 'Rules', exact: true })
      .getByRole('row')
      .filter({ has: this.#page.getByRole('rowheader', { name: sentence }) });
  }

  /** What rows of the same person share. */
  get subject(): Locator {
    return this.#page.getByLabel('Rows of the same person share');
  }

  /** The line of a column. */
  column(name: string): Locator {
    return this.#page
      .getByRole('region', { name: 'Column settings' })
      .getByRole('row')
      .filter({ has: this.#page.getByRole('rowheader', { name: startsWith(name) }) });
  }

  /** Whether a training goes on to rows and their report. */
  get goesOn(): Locator {
    return this.#page.getByRole('checkbox', { name: 'Then generate rows and their report' });
  }

  /** Trains, and no more. */
  async trainAlone(): Promise<void> {
    await this.goesOn.uncheck();
    await this.button('Train').click();
  }

  /** Trains, and goes on to rows and their report. */
  async trainOn(): Promise<void> {
    await this.goesOn.check();
    await this.button('Train').click();
  }

  button(name: 'Train' | 'Generate' | 'Cancel' | 'Pause' | 'Stop and keep best'): Locator {
    return this.#page.getByRole('button', { name, exact: true });
  }
}
