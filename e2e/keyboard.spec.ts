import type { Locator, Page } from '@playwright/test';
import { expect, testOnOnePage as test } from './app';
import { messyTable, wideTable } from './tables';

/** Presses that reach anything on a page; more means that it cannot be reached. */
const MAX_PRESSES = 120;

/** Tabs on until the focus is on something, from where it is now: what lies behind is never reached. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let press = 0; press < MAX_PRESSES; press++) {
    if ((await target.count()) === 1 && (await target.evaluate((node) => node === document.activeElement)))
      return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${target} within ${MAX_PRESSES} presses.`);
}

/** The role and name that a screen reader tells of what has the focus. */
const focused = (page: Page) => page.locator(':focus');

test('a messy file is read, mended, synthesized and downloaded by keyboard alone', async ({
  page,
  home,
  source,
  dataset,
}) => {
  test.slow();
  const table = messyTable(240, 'keys.csv');
  const chooser = page.waitForEvent('filechooser');
  await tabTo(page, page.getByRole('button', { name: 'Choose files' }));
  await page.keyboard.press('Enter');
  await (await chooser).setFiles({
    name: table.name,
    mimeType: 'text/csv',
    buffer: Buffer.from(table.content),
  });
  await source.shows(table.name);
  // A screen reader starts at the heading of the new page; all below comes in the order of the page.
  await expect(page.getByRole('heading', { level: 1, name: table.name })).toBeFocused();

  await test.step('a decision leads to the setting that changes it', async () => {
    await tabTo(page, page.getByRole('button', { name: 'semicolon' }));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('combobox', { name: 'Separator' })).toBeFocused();
  });

  await test.step('a conversion is undone and comes back', async () => {
    await page.keyboard.press('Shift+Tab');
    const fold = page.locator('summary', { hasText: /columns were converted/ });
    for (
      let press = 0;
      press < MAX_PRESSES && !(await fold.evaluate((node) => node === document.activeElement));
      press++
    )
      await page.keyboard.press('Shift+Tab');
    await expect(fold).toBeFocused();
    await page.keyboard.press('Enter');
    const undo = page.getByRole('button', { name: 'Undo: paid' });
    await tabTo(page, undo);
    await expect(source.profile('paid')).toContainText('boolean');
    await page.keyboard.press('Enter');
    await expect(source.profile('paid')).toContainText('text');
    await expect(page.getByRole('button', { name: 'Undo: price' })).toBeVisible();
    // The focus is not lost with the button that was pressed.
    await expect(page.locator('li').filter({ has: page.locator(':focus') })).toBeVisible();
  });

  await test.step('rows of the table scroll', async () => {
    await tabTo(page, source.rows);
    await expect(focused(page)).toHaveAttribute('aria-label', /^Rows of /);
  });

  await test.step('synthesized, downloaded as CSV and from the menu of formats', async () => {
    await page.evaluate(() => document.querySelector('h1')?.focus());
    await tabTo(page, page.getByRole('button', { name: 'Synthesize', exact: true }));
    await page.keyboard.press('Enter');
    await dataset.isDone();
    const csv = page.waitForEvent('download');
    await tabTo(page, page.getByRole('button', { name: 'Download CSV' }));
    await page.keyboard.press('Enter');
    expect((await csv).suggestedFilename()).toBe('keys-synthetic.csv');
    await expect(page.getByRole('button', { name: 'Download CSV' })).toBeEnabled();
    await tabTo(page, page.getByRole('button', { name: 'More formats' }));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('menuitem', { name: /^JSON \(/ })).toBeVisible();
    const jsonLines = page.getByRole('menuitem', { name: /^JSON Lines/ });
    for (
      let press = 0;
      press < 5 && !(await jsonLines.evaluate((node) => node === document.activeElement));
      press++
    )
      await page.keyboard.press('ArrowDown');
    await expect(jsonLines).toBeFocused();
    const lines = page.waitForEvent('download');
    await page.keyboard.press('Enter');
    expect((await lines).suggestedFilename()).toBe('keys-synthetic.jsonl');
    await expect(page.getByRole('button', { name: 'More formats' })).toBeFocused();
  });
  void home;
});

test('many columns are found, changed at once and changed back by keyboard alone', async ({
  page,
  bringIn,
  source,
  generator,
}) => {
  test.slow();
  await bringIn({ name: 'keys-wide.csv', content: wideTable(60, 200) });
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await tabTo(page, page.getByRole('button', { name: 'Configure', exact: true }));
  await page.keyboard.press('Enter');
  await generator.isOpen();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await tabTo(page, page.getByLabel('Search columns'));
  await page.keyboard.type('c2');
  await expect(page.getByText('11 of 60 columns')).toBeVisible();
  await tabTo(page, page.getByRole('combobox', { name: 'Sort by' }));
  await page.keyboard.type('Name');
  await tabTo(page, page.getByRole('button', { name: 'Select all 11' }));
  await page.keyboard.press('Enter');
  const bar = page.getByRole('region', { name: 'Selected columns' });
  // What takes the place of the button that was pressed is next.
  await tabTo(page, bar.getByRole('combobox', { name: 'Learn or write the selected columns as' }));
  await page.keyboard.type('Categorical');
  await tabTo(page, bar.getByRole('button', { name: 'Apply' }));
  await page.keyboard.press('Enter');
  await expect(bar.getByRole('status')).toHaveText('11 of 11 changed.');
  const encoding = page.getByRole('combobox', { name: 'Encoding of c20' });
  await expect(encoding).toHaveValue('TABULAR_CATEGORICAL');

  const use = page.getByRole('switch', { name: 'Use c20' });
  await tabTo(page, use);
  await page.keyboard.press('Space');
  await expect(use).not.toBeChecked();

  const undo = page.getByRole('button', { name: 'Undo' });
  await page.evaluate(() => document.querySelector('h1')?.focus());
  await tabTo(page, undo);
  await page.keyboard.press('Enter');
  await expect(use).toBeChecked();
  await expect(undo).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(encoding).toHaveValue('AUTO');
  void source;
});
