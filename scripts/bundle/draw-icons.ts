import { mkdirSync, readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { ensureBrowser } from '../lib/browser';
import { ROOT } from '../lib/paths';

/** The paper of the light theme, for systems that cut icons to their own form or show none through. */
const PAPER = '#f7f7f4';

/** Pixels, how much of them the drawing takes, and what is behind it. */
const ICONS = [
  { name: 'icon-192', size: 192, share: 1, background: 'transparent' },
  { name: 'icon-512', size: 512, share: 1, background: 'transparent' },
  // What lies outside a circle of four fifths may be cut off (W3C Manifest, Icon masks).
  { name: 'maskable-512', size: 512, share: 0.6, background: PAPER },
  { name: 'apple-touch-icon', size: 180, share: 0.8, background: PAPER },
] as const;

/** Run with `npx tsx scripts/bundle/draw-icons.ts` after a change to public/icon.svg. */
const folder = `${ROOT}public/icons/`;
mkdirSync(folder, { recursive: true });
const drawing = readFileSync(`${ROOT}public/icon.svg`).toString('base64');
const browser = await chromium.launch({ executablePath: ensureBrowser() });
for (const { name, size, share, background } of ICONS) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(
    `<body style="margin:0;height:100vh;display:flex;align-items:center;justify-content:center;background:${background}">
      <img width="${size * share}" src="data:image/svg+xml;base64,${drawing}">`,
  );
  await page.locator('img').evaluate((image: HTMLImageElement) => image.decode());
  await page.screenshot({ path: `${folder}${name}.png`, omitBackground: true });
}
await browser.close();
