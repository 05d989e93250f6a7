import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

type Scheme = 'light' | 'dark';

/**
 * What axe finds wrong with the page as it is, or with a part of it. In the dark only colours are other than in the
 * light. Our pages have no frames: axe's own way for these merges results in a further page, which takes three times
 * as long.
 */
export async function violations(
  page: Page,
  schemes: readonly Scheme[] = ['light'],
  within?: string,
): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
    if (colorScheme === 'dark') axe.withRules(['color-contrast']);
    if (within) axe.include(within);
    const { violations: list } = await axe.analyze();
    found.push(
      ...list.flatMap(({ id, nodes }) =>
        nodes.map(
          ({ html, failureSummary }) => `${colorScheme} ${id}: ${html.slice(0, 200)} ${failureSummary}`,
        ),
      ),
    );
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  return found;
}

/** Violations in the light and in the dark. */
export const violationsInBoth = (page: Page): Promise<string[]> => violations(page, ['light', 'dark']);
