import { expect, test, testOnOnePage } from './app';
import { peopleTable } from './tables';

test('settings are kept and used: theme, numbers, what new generators begin with', async ({
  page,
  configure,
}) => {
  await page.goto('./#/settings');
  await page.getByLabel('Theme', { exact: true }).selectOption('Dark');
  await page.getByLabel('Numbers').selectOption('1.234,5');
  await expect(page.getByText('accuracy 96,3 %')).toBeVisible();
  await page.getByLabel('Model size').selectOption('Small');
  await page.getByLabel('Threads').fill('1');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.getByLabel('Model size')).toHaveValue('S');
  await page.getByRole('button', { name: 'Use the light theme' }).click();
  await expect(page.getByLabel('Theme', { exact: true })).toHaveValue('light');

  await configure(peopleTable(2_000));
  const model = await page.evaluate(() => {
    const [generator] = window.doppelgrid.generators.list();
    return generator!.config.tables[0]!.tabularModelConfiguration;
  });
  expect(model).toMatchObject({ modelSize: 'S', threads: 1, valueProtection: true });
  await page.getByRole('link', { name: 'Source', exact: true }).click();
  await expect(page.getByText('2.000').first()).toBeVisible();

  await page.goto('./#/settings');
  await page.getByRole('button', { name: 'As the model says' }).click();
  await expect(page.getByLabel('Model size')).toHaveValue('M');
});

test('notifications are switched on with the consent of the browser alone', async ({ page, context }) => {
  await page.goto('./#/settings');
  const notify = page.getByRole('switch', { name: /Notify me/ });
  await notify.click();
  await expect(page.getByText(/The browser refused/)).toBeVisible();
  await expect(notify).not.toBeChecked();
  await context.grantPermissions(['notifications']);
  await notify.click();
  await expect(notify).toBeChecked();
});

testOnOnePage('commands go and do by keyboard alone', async ({ page, bringIn, source }) => {
  await bringIn(peopleTable(60, 'findable.csv'));
  await page.keyboard.press('ControlOrMeta+k');
  const dialog = page.getByRole('dialog', { name: 'Commands' });
  const input = dialog.getByRole('combobox');
  await expect(input).toBeFocused();
  await input.fill('sett');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await expect(dialog).toBeHidden();

  await page.keyboard.press('ControlOrMeta+k');
  await input.fill('findable.csv');
  await expect(dialog.getByRole('option').first()).toContainText('findable.csv');
  await input.fill('nothing is called so');
  await expect(dialog.getByText('Nothing is called that.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  await page.getByRole('button', { name: 'Commands' }).click();
  await dialog.getByRole('option', { name: 'findable.csv', exact: true }).click();
  await source.shows('findable.csv');
});

test('single keys are shortcuts, listed under ?, until they are switched off', async ({ page }) => {
  await page.goto('./#/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('?');
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(list.getByText('Go to the jobs')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('j');
  await expect(page.getByRole('heading', { level: 1, name: 'Jobs' })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await page.getByRole('switch', { name: 'Shortcuts of single keys' }).click();
  await page.keyboard.press('g');
  await page.keyboard.press('h');
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  const choosing = page.waitForEvent('filechooser', { timeout: 500 }).catch(() => null);
  await page.keyboard.press('o');
  expect(await choosing).toBeNull();
});
