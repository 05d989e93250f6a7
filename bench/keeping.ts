import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { ensureBrowser } from '../scripts/lib/browser';
import { ensureBuilt } from '../scripts/lib/build';
import { DIST } from '../scripts/lib/paths';
import { serve } from '../scripts/serve/server';
import { mainJob } from './main-job';
import { median } from './table/sandwich';
import { DATA } from './tables';
import { optionOf, print } from './terminal';

/**
 * What keeping costs: the main job in a private session and in one that is kept, by turns, in one browser with a profile
 * on disk. `npm run bench -- keeping [--csv FILE] [--rounds 5]`
 */
export async function run(args: readonly string[]): Promise<void> {
  const path = optionOf(args, 'csv') ?? `${DATA}bench_adult/train.csv.gz`;
  const rounds = Number(optionOf(args, 'rounds') ?? 5);
  if (!existsSync(path)) {
    print(`SKIPPED: ${path} is missing. --csv FILE takes another table.`);
    return;
  }
  const file = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(file) : file).toString();
  await ensureBuilt();
  const server = await serve({ root: DIST, port: 0 });
  const profile = mkdtempSync(join(tmpdir(), 'doppelgrid-keeping-'));
  const context = await chromium.launchPersistentContext(profile, { executablePath: ensureBrowser() });
  const seconds: Record<'private' | 'kept', number[]> = { private: [], kept: [] };
  try {
    // The first one loads what the browser caches.
    for (let round = -1; round < rounds; round++) {
      for (const mode of ['private', 'kept'] as const) {
        const page = await context.newPage();
        page.setDefaultTimeout(300_000);
        await page.addInitScript('globalThis.__name = (named) => named');
        await page.goto(mode === 'private' ? `${server.url}?private` : server.url);
        await page.waitForFunction(() => window.doppelgrid?.workspace.isOpen());
        const started = performance.now();
        await page.evaluate(mainJob, { csv: text, goesOn: false, settings: {}, generation: {} });
        const took = (performance.now() - started) / 1000;
        await page.close();
        if (round >= 0) seconds[mode].push(took);
      }
    }
  } finally {
    await context.close();
    await server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
  for (const mode of ['private', 'kept'] as const)
    print(`${mode.padEnd(8)} ${seconds[mode].map((value) => value.toFixed(2)).join('  ')} s`);
  const ratios = seconds.kept.map((value, round) => value / seconds.private[round]!);
  print(
    `kept / private: median ${median(ratios).toFixed(3)}, of minima ${(Math.min(...seconds.kept) / Math.min(...seconds.private)).toFixed(3)}`,
  );
}
