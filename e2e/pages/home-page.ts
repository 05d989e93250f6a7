import type { Page } from '@playwright/test';

export interface GivenFile {
  readonly name: string;
  readonly content: string | Buffer;
}

/** The first screen: every way to bring in a table. */
export class HomePage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Drops files on the window, on whatever page is open. */
  async drop(...files: readonly GivenFile[]): Promise<void> {
    const transfer = await this.#page.evaluateHandle(
      (given) => {
        const data = new DataTransfer();
        for (const [fileName, base64] of given) {
          const bytes = Uint8Array.from(atob(base64!), (c) => c.charCodeAt(0));
          data.items.add(new File([bytes], fileName!));
        }
        return data;
      },
      files.map(({ name, content }) => [name, Buffer.from(content).toString('base64')]),
    );
    for (const type of ['dragenter', 'dragover', 'drop']) {
      await this.#page.dispatchEvent('body', type, { dataTransfer: transfer });
    }
  }

  async choose({ name, content }: GivenFile): Promise<void> {
    const chooser = this.#page.waitForEvent('filechooser');
    await this.#page.getByRole('button', { name: 'Choose files' }).click();
    await (await chooser).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
  }

  async paste(text: string): Promise<void> {
    await this.#page.getByRole('button', { name: 'Paste' }).click();
    await this.#page.getByLabel('Rows, with the column names first').fill(text);
    await this.#page.getByRole('button', { name: 'Read the table' }).click();
  }

  async openDemo(title: string): Promise<void> {
    await this.#page.getByRole('button', { name: title }).click();
  }

  /** What the session list shows, by the heading of its group. */
  listed(group: 'Sources' | 'Generators' | 'Synthetic datasets') {
    return this.#page
      .getByRole('region', { name: 'Your work' })
      .locator('div', { has: this.#page.getByRole('heading', { name: group, exact: true }) })
      .last()
      .getByRole('listitem');
  }
}
